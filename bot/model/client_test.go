package model_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

// unnamed returns a client that asks srv which model it has.
func unnamed(srv *modeltest.Server) *model.Client {
	return model.New(model.Config{URL: srv.URL, Key: srv.Key, Wait: time.Second, Stall: time.Second})
}

// asked returns the models of the requests, and the number of requests for the list.
func asked(srv *modeltest.Server) (models []string, listings int) {
	for _, r := range srv.All() {
		if r.Path == modeltest.PathModels {
			listings++
		} else {
			models = append(models, r.Model)
		}
	}
	return models, listings
}

func TestWhichModelIsAsked(t *testing.T) {
	for _, test := range []struct {
		name, configured string
		listed           []string
		listing          []modeltest.Reply
		want             string
		asked            int // times that GET /models came, over two questions
	}{
		{name: "the configured one", configured: "b", listed: []string{"a", "b"}, want: "b b"},
		{name: "the first that the server lists", listed: []string{"a", "b"}, want: "a a", asked: 1},
		{name: "default, where the list is empty", want: "default default", asked: 2},
		{name: "default, where there is no list", listing: []modeltest.Reply{modeltest.Fail(http.StatusNotFound), modeltest.Fail(http.StatusNotFound)},
			want: "default default", asked: 2},
		{name: "default, as long as the server can't list", listing: []modeltest.Reply{modeltest.BadGateway()},
			want: "default test-model", asked: 2},
		{name: "default, where the list is none", listing: []modeltest.Reply{modeltest.Fail(http.StatusOK).WithBody("text/html", "<html>")},
			want: "default test-model", asked: 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Models = test.listed
			if strings.HasSuffix(test.want, modeltest.Model) {
				srv.Models = []string{modeltest.Model, "default"}
			}
			srv.EnqueueFor(modeltest.PathModels, test.listing...)
			srv.Handle(modeltest.Always(modeltest.Text("x")))
			c := model.New(model.Config{URL: srv.URL, Model: test.configured})
			for range 2 {
				if _, _, err := ask(t.Context(), c); err != nil {
					t.Error(err)
				}
			}
			if models, listings := asked(srv); strings.Join(models, " ") != test.want || listings != test.asked {
				t.Errorf("asked %q after %d listings, want %q after %d", models, listings, test.want, test.asked)
			}
		})
	}
}

func TestTheFirstListedModelForChatIsAsked(t *testing.T) {
	for _, test := range []struct{ name, list, want string }{
		{"OpenAI's form", `{"object":"list","data":[{"id":"a","object":"model","created":1,"owned_by":"x"}]}`, "a"},
		{"odd fields", `{"data":[{"id":"a","created":"2024","owned_by":{"x":1},"permission":"none","root":3}]}`, "a"},
		{"a field models", `{"models":[{"name":"a:latest","model":"a:latest","size":3}]}`, "a:latest"},
		{"a plain list", `[{"id":"a"},{"id":"b"}]`, "a"},
		{"a list of names", `["a","b"]`, "a"},
		{"names in data", `{"data":["a","b"]}`, "a"},
		{"a list in an object in an object", `{"data":{"models":[{"id":"a"}]}}`, "a"},
		{"entries of another kind", `{"data":[null,3,{"id":7},{"id":"a"}]}`, "a"},
		{"white space around a name", `{"data":[{"id":" a\n"}]}`, "a"},

		{"embeddings by name", `{"data":[{"id":"text-embedding-3-small"},{"id":"nomic-embed-text:latest"},{"id":"BAAI/bge-m3"},{"id":"intfloat/multilingual-e5-large"},{"id":"qwen3:8b"}]}`, "qwen3:8b"},
		{"speech and images by name", `{"data":[{"id":"whisper-1"},{"id":"tts-1-hd"},{"id":"dall-e-3"},{"id":"gpt-image-1"},{"id":"omni-moderation-latest"},{"id":"gpt-4o-mini"}]}`, "gpt-4o-mini"},
		{"rerankers by name", `{"data":[{"id":"bge-reranker-v2-m3"},{"id":"jina-reranker"},{"id":"meta-llama/Llama-Guard-4-12B"},{"id":"llama-3.3-70b-versatile"}]}`, "llama-3.3-70b-versatile"},
		{"old completions", `{"data":[{"id":"davinci-002"},{"id":"gpt-3.5-turbo-instruct"},{"id":"gpt-3.5-turbo"}]}`, "gpt-3.5-turbo"},
		{"by type", `{"data":[{"id":"a","type":"embeddings"},{"id":"b","type":"rerank"},{"id":"c","type":"image"},{"id":"d","type":"llm"}]}`, "d"},
		{"by task", `{"data":[{"id":"a","task":"feature-extraction"},{"id":"b","pipeline_tag":"text-generation"}]}`, "b"},
		{"by capabilities", `{"data":[{"id":"a","capabilities":{"completion_chat":false,"embeddings":true}},{"id":"b","capabilities":{"completion_chat":true}}]}`, "b"},
		{"by a list of capabilities", `{"models":[{"name":"a","capabilities":["embedding"]},{"name":"b","capabilities":["completion","tools"]}]}`, "b"},
		{"by what goes in and out", `{"data":[{"id":"a","architecture":{"modality":"text->image"}},{"id":"b","architecture":{"output_modalities":["text"]}}]}`, "b"},
		{"one that is switched off", `{"data":[{"id":"a","active":false},{"id":"b","active":true}]}`, "b"},
		{"names that only look so", `{"data":[{"id":"mistral-large-instruct"},{"id":"b"}]}`, "mistral-large-instruct"},
		{"one that reads images", `{"data":[{"id":"gemma-3-27b-vision","type":"vlm"}]}`, "gemma-3-27b-vision"},

		{"none for chat", `{"data":[{"id":"nomic-embed-text"}]}`, "default"},
		{"no list", `{"object":"list","data":null}`, "default"},
		{"an error", `{"error":"no models here"}`, "default"},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.ModelsBody = test.list
			if got, err := unnamed(srv).Name(t.Context()); got != test.want || err != nil {
				t.Errorf("asks %q, %v, want %q", got, err, test.want)
			}
		})
	}
}

func TestAHangingModelListTimesOut(t *testing.T) {
	t.Parallel()
	srv := modeltest.New(t, modeltest.Text(sentence))
	srv.Models = []string{"default"}
	srv.EnqueueFor(modeltest.PathModels, modeltest.Stalled())
	c := model.New(model.Config{URL: srv.URL}) // with the default wait, which is long
	if said, _, err := ask(t.Context(), c); said != sentence || err != nil {
		t.Errorf("said %q, %v", said, err)
	}
}

func TestConcurrentListRequestsAreIndependent(t *testing.T) {
	srv := modeltest.New(t)
	srv.EnqueueFor(modeltest.PathModels, modeltest.Stalled())
	c := unnamed(srv)
	ctx, stop := context.WithCancel(t.Context())
	hanging := make(chan error, 1)
	go func() {
		_, err := c.Name(ctx)
		hanging <- err
	}()
	eventually(t, "the request for the list", func() bool { return len(srv.All()) > 0 })
	if name, err := c.Name(t.Context()); err != nil || name != modeltest.Model || len(hanging) > 0 {
		t.Errorf("the second one: %q, %v; the first one had ended: %v", name, err, len(hanging) > 0)
	}
	stop()
	select {
	case err := <-hanging:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the first one: %v", err)
		}
	case <-time.After(patience):
		t.Error("the first one still waits")
	}
}

// eventually polls until a condition is true.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	deadline := time.After(patience)
	for again := time.Tick(time.Millisecond); !so(); {
		select {
		case <-again:
		case <-deadline:
			t.Fatalf("waited %v for %s", patience, what)
		}
	}
}

func TestARemovedModelIsReplaced(t *testing.T) {
	for name, refusal := range map[string]modeltest.Reply{
		"OpenAI's refusal": modeltest.Fail(http.StatusNotFound),
		"in plain text":    modeltest.Fail(http.StatusNotFound).WithBody("text/plain", "model 'a' not found, try pulling it first"),
		"as a bad request": modeltest.Fail(http.StatusBadRequest).WithBody("application/json", `{"error":{"message":"The model a has been decommissioned and is no longer supported"}}`),
		"as its failure":   modeltest.Fail(http.StatusInternalServerError).WithBody("application/json", `{"error":"model a is not loaded"}`),
	} {
		t.Run(name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Models = nil
			srv.ModelsBody = `["a"]`
			srv.Handle(func(r modeltest.Request) modeltest.Reply {
				if r.Model == "b" || len(srv.Requests()) == 1 {
					return modeltest.Text(sentence)
				}
				return refusal
			})
			c := unnamed(srv)
			for range 2 {
				said, _, err := ask(t.Context(), c)
				if said != sentence || err != nil {
					t.Errorf("said %q, %v", said, err)
				}
				srv.ModelsBody = `["b"]`
			}
			if models, listings := asked(srv); strings.Join(models, " ") != "a a b" || listings != 2 {
				t.Errorf("asked %q after %d listings", models, listings)
			}
		})
	}
	srv := modeltest.New(t)
	srv.AllowErrors()
	srv.Models = []string{"another"}
	if _, _, err := ask(t.Context(), clientOf(srv)); err == nil || !strings.Contains(err.Error(), "OPENAI_MODEL") {
		t.Errorf("a configured model: %v", err)
	}
	if n := len(srv.All()); n != 1 {
		t.Errorf("a configured model: %d requests", n)
	}
}

func TestRedirectsAreFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 307, 308} {
		srv := modeltest.New(t, modeltest.Text(sentence))
		srv.Key = key
		mover := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, srv.URL+strings.TrimPrefix(r.URL.Path, "/old"), status)
		}))
		defer mover.Close()
		c := model.New(model.Config{URL: mover.URL + "/old", Key: key, Model: modeltest.Model})
		if said, _, err := ask(t.Context(), c); said != sentence || err != nil {
			t.Errorf("%d: said %q, %v", status, said, err)
		}
	}
	circle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer circle.Close()
	if _, _, err := ask(t.Context(), model.New(model.Config{URL: circle.URL, Model: "a"})); err == nil || !strings.Contains(err.Error(), "307") {
		t.Errorf("in a circle: %v", err)
	}
}

func TestTheKeyIsNotSentToAnotherHost(t *testing.T) {
	seen := make(chan string, 1)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { seen <- r.Header.Get("Authorization") }))
	defer other.Close()
	mover := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(other.URL, "127.0.0.1", "localhost", 1), http.StatusTemporaryRedirect)
	}))
	defer mover.Close()
	_, _, _ = ask(t.Context(), model.New(model.Config{URL: mover.URL, Key: key, Model: "a"})) // the reply doesn't matter
	if got := <-seen; got != "" {
		t.Errorf("another host got %q", got)
	}
}

func TestPastedAddressesAndKeysAreCleaned(t *testing.T) {
	srv := modeltest.New(t)
	srv.Key = key
	var queries []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		queries = append(queries, r.URL.Path+"?"+r.URL.RawQuery)
		http.Redirect(w, r, srv.URL+strings.TrimPrefix(r.URL.Path, "/v1"), http.StatusTemporaryRedirect)
	}))
	defer proxy.Close()
	at := proxy.URL + "/v1"
	for _, test := range []struct{ name, url, key, query string }{
		{"as they are", at, key, ""},
		{"with white space", "  " + at + "\r\n", "\t" + key + "\n", ""},
		{"with what nobody sees", "\ufeff" + at + "\u200b", key + "\u00a0", ""},
		{"in quotation marks", `"` + at + `"`, "'" + key + "'", ""},
		{"with a slash at the end", at + "/", key, ""},
		{"with slashes at the end", at + "//", key, ""},
		{"the chat's own address", at + "/chat/completions", key, ""},
		{"with a version", at + "?api-version=2024-10-21", key, "api-version=2024-10-21"},
		{"with a slash and a version", at + "/?api-version=2024-10-21", key, "api-version=2024-10-21"},
		{"with a header's word", at, "Bearer " + key, ""},
		{"with a fragment", at + "#top", key, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			queries = nil
			srv.Enqueue(modeltest.Text(sentence))
			config := model.Config{URL: test.url, Key: test.key, Model: " " + modeltest.Model + "\n"}
			if err := config.Validate(); err != nil {
				t.Fatal(err)
			}
			said, _, err := ask(t.Context(), model.New(config))
			if said != sentence || err != nil || !slices.Equal(queries, []string{"/v1/chat/completions?" + test.query}) {
				t.Errorf("said %q, %v; asked at %q", said, err, queries)
			}
		})
	}
}

func TestValidateRefusesInvalidAddressesAndKeys(t *testing.T) {
	for _, test := range []struct {
		config model.Config
		want   error
	}{
		{model.Config{Key: key}, nil},
		{model.Config{URL: "https://models.example/v1"}, nil},
		{model.Config{URL: "models.example/v1"}, model.ErrAddress},
		{model.Config{URL: "ftp://models.example/v1"}, model.ErrAddress},
		{model.Config{URL: "http://"}, model.ErrAddress},
		{model.Config{URL: "http://:80/v1"}, model.ErrAddress},
		{model.Config{URL: "http://models.example/%zz"}, model.ErrAddress},
		{model.Config{URL: "http://mo dels.example/v1"}, model.ErrAddress},
		{model.Config{URL: "http://models\n.example/v1"}, model.ErrAddress},
		{model.Config{Key: "sk-test\n0123"}, model.ErrKey},
		{model.Config{Key: "sk-tést"}, model.ErrKey},
		{model.Config{Key: "sk test"}, model.ErrKey},
	} {
		if err := test.config.Validate(); !errors.Is(err, test.want) {
			t.Errorf("%+v: %v, want %v", test.config, err, test.want)
		}
	}
	if _, _, err := ask(t.Context(), model.New(model.Config{URL: "nowhere", Model: "a"})); err == nil {
		t.Error("an address that is none was reached")
	}
}

func TestAuthorizationIsSentOnlyWithAKey(t *testing.T) {
	for _, want := range []string{"", "Bearer " + key} {
		srv := modeltest.New(t, modeltest.Text("x"))
		srv.Key = strings.TrimPrefix(want, "Bearer ")
		if _, _, err := ask(t.Context(), unnamed(srv)); err != nil {
			t.Error(err)
		}
		for _, r := range srv.All() {
			if got := strings.Join(r.Header.Values("Authorization"), ", "); got != want {
				t.Errorf("%s: Authorization %q, want %q", r.Path, got, want)
			}
		}
	}
}
