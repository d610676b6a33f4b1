package answer_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sashabaranov/go-openai"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

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
			srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
			a := answererAt(t, model.Config{URL: srv.URL, Model: test.configured})
			for range 2 {
				if got := ask(t, a, lengthQuestion); got.Status != answer.NotInReport {
					t.Errorf("status %q: %v", got.Status, got.Cause)
				}
			}
			var asked []string
			listings := 0
			for _, r := range srv.All() {
				if r.Path == modeltest.PathModels {
					listings++
				} else {
					asked = append(asked, r.Model)
				}
			}
			if got := strings.Join(asked, " "); got != test.want || listings != test.asked {
				t.Errorf("asked %q after %d listings, want %q after %d", got, listings, test.want, test.asked)
			}
		})
	}
}

func TestAReplyThatDoesNotSayWhyItEndedWasCut(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
		want  error
	}{
		{"with a finish_reason", modeltest.Text("đây"), nil},
		{"without", modeltest.Text("đây").WithFinish(""), model.ErrCut},
		{"without, and without [DONE]", modeltest.Text("đây").CutAfter(1), model.ErrCut},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := model.New(model.Config{URL: modeltest.New(t, test.reply).URL, Model: modeltest.Model})
			messages := []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleUser, Content: "Cầu?"}}
			if _, err := server.Stream(t.Context(), messages, func(string) {}); !errors.Is(err, test.want) {
				t.Errorf("Stream returned %v, want %v", err, test.want)
			}
		})
	}
}

func TestAStopWhileTheModelsAreListedIsForgotten(t *testing.T) {
	srv := modeltest.New(t)
	srv.Key = key
	srv.Models = []string{"a"}
	srv.EnqueueFor(modeltest.PathModels, modeltest.Stalled())
	srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
	a := answererAt(t, model.Config{URL: srv.URL, Key: key})
	ctx, stop := context.WithCancel(t.Context())
	_, done := begin(ctx, a)
	eventually(t, "the request for the list", func() bool { return len(srv.All()) > 0 })
	stop()
	checkExtractive(t, await(t, done, "the answer").answer, answer.Stopped, context.Canceled.Error(), srv.URL)
	if got := ask(t, a, lengthQuestion); got.Status != answer.NotInReport {
		t.Errorf("the next question: status %q, cause %v", got.Status, got.Cause)
	}
}

func TestNobodyWaitsForAnothersList(t *testing.T) {
	srv := modeltest.New(t)
	srv.EnqueueFor(modeltest.PathModels, modeltest.Stalled())
	server := model.New(model.Config{URL: srv.URL})
	ctx, stop := context.WithCancel(t.Context())
	hanging := make(chan error, 1)
	go func() {
		_, err := server.Name(ctx)
		hanging <- err
	}()
	eventually(t, "the request for the list", func() bool { return len(srv.All()) > 0 })
	if name, err := server.Name(t.Context()); err != nil || name != modeltest.Model || len(hanging) > 0 {
		t.Errorf("the second one: %q, %v; the first one had ended: %v", name, err, len(hanging) > 0)
	}
	stop()
	if err := await(t, hanging, "the first one"); !errors.Is(err, context.Canceled) {
		t.Errorf("the first one: %v", err)
	}
}

// eventually looks until something is so.
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

func TestAListThatBreaksOffIsAskedForAgain(t *testing.T) {
	srv := modeltest.New(t)
	srv.EnqueueFor(modeltest.PathModels, modeltest.Dropped())
	srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
	got := ask(t, answererAt(t, model.Config{URL: srv.URL}), lengthQuestion)
	if got.Status != answer.NotInReport || srv.Requests()[0].Model != modeltest.Model {
		t.Errorf("status %q, cause %v, model %q", got.Status, got.Cause, srv.Requests()[0].Model)
	}
}

func TestAListedModelThatIsGoneIsLookedUpAnew(t *testing.T) {
	srv := modeltest.New(t)
	srv.AllowErrors()
	srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
	listed := answererAt(t, model.Config{URL: srv.URL})
	configured := answererAt(t, model.Config{URL: srv.URL, Model: modeltest.Model})
	ask(t, listed, lengthQuestion)
	srv.Models = []string{"another"}
	for _, a := range []*answer.Answerer{listed, configured} {
		if got := ask(t, a, lengthQuestion); got.Notice != answer.ModelRefused || !strings.Contains(got.Cause.Error(), "OPENAI_MODEL") {
			t.Errorf("notice %q, cause %v", got.Notice, got.Cause)
		}
	}
	if got := ask(t, listed, lengthQuestion); got.Status != answer.NotInReport {
		t.Errorf("the listed one, the next time: %v", got.Cause)
	}
	if got := ask(t, configured, lengthQuestion); got.Notice != answer.ModelRefused {
		t.Errorf("the configured one, the next time: status %q", got.Status)
	}
}

func TestAFieldThatTheModelRefusesIsLeftOut(t *testing.T) {
	for _, test := range []struct {
		name   string
		fields []string
		calls  int
	}{
		{"stream_options", []string{"stream_options"}, 2},
		{"temperature", []string{"temperature"}, 2},
		{"both, one after the other", []string{"temperature", "stream_options"}, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Unsupported = test.fields
			srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
			a := answererOn(t, srv)
			for _, calls := range []int{test.calls, 1} { // it is remembered
				if got := ask(t, a, lengthQuestion); got.Status != answer.NotInReport || got.Usage.Calls != calls {
					t.Errorf("status %q after %d calls, want %d, cause %v", got.Status, got.Usage.Calls, calls, got.Cause)
				}
			}
		})
	}
}

func TestOtherFormsOfARefusedField(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   string
		again  bool
	}{
		{"a validator's", http.StatusUnprocessableEntity, `{"detail":[{"loc":["body","stream_options"],"msg":"extra fields not permitted"}]}`, true},
		{"in words", http.StatusBadRequest, `{"error":{"message":"temperature is not supported by this model"}}`, true},
		{"of a field that wasn't sent", http.StatusBadRequest, `{"error":{"message":"max_tokens is too large"}}`, false},
		{"of something else", http.StatusBadRequest, `{"error":{"message":"the prompt is too long"}}`, false},
		{"with another status", http.StatusForbidden, `{"error":{"message":"temperature"}}`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t, modeltest.Fail(test.status).WithBody("application/json", test.body))
			srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
			got := ask(t, answererOn(t, srv), lengthQuestion)
			if again := got.Status == answer.NotInReport; again != test.again || len(srv.Requests()) > 2 {
				t.Errorf("status %q after %d requests, cause %v", got.Status, len(srv.Requests()), got.Cause)
			}
		})
	}
}

func TestTheKeyIsSentAndNothingWithoutOne(t *testing.T) {
	for _, test := range []struct{ name, key, want string }{
		{"with a key", key, "Bearer " + key},
		{"without", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Key = test.key
			srv.Handle(modeltest.Always(modeltest.Text(modeltest.NotInReport)))
			ask(t, answererAt(t, model.Config{URL: srv.URL, Key: test.key}), lengthQuestion)
			for _, r := range srv.All() {
				if got := strings.Join(r.Header.Values("Authorization"), ", "); got != test.want {
					t.Errorf("%s: Authorization %q, want %q", r.Path, got, test.want)
				}
			}
		})
	}
}

func TestAModelThatTakesNoTemperatureIsSentNone(t *testing.T) {
	for _, test := range []struct {
		model string
		sent  bool
	}{
		{modeltest.Model, true}, {"gpt-4o-mini", true}, {"gpt-5-mini", false}, {"o3", false}, {"o4-mini", false},
	} {
		t.Run(test.model, func(t *testing.T) {
			srv := modeltest.New(t, modeltest.Text(modeltest.NotInReport))
			srv.Models = []string{test.model}
			got := ask(t, answererAt(t, model.Config{URL: srv.URL}), lengthQuestion)
			if got.Status != answer.NotInReport {
				t.Fatalf("status %q: %v", got.Status, got.Cause)
			}
			temperature := srv.Requests()[0].Temperature
			if (temperature != nil) != test.sent || test.sent && *temperature > 1e-6 {
				t.Errorf("temperature %v, want one of nearly 0: %v", temperature, test.sent)
			}
		})
	}
}
