package main

import (
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/model/modeltest"
)

const askedLength = "Cầu Bạch Yến dài bao nhiêu mét?"

// withModel is a program on the report of bridges with a model's server.
func withModel(t *testing.T, replies ...modeltest.Reply) (*program, *modeltest.Server) {
	t.Helper()
	p, srv := newProgram(t), modeltest.New(t, replies...)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	p.env["OPENAI_BASE_URL"] = srv.URL
	return p, srv
}

// askJSON asks one question and returns its line, which has all fields.
func askJSON(t *testing.T, p *program, args ...string) answerLine {
	t.Helper()
	out := p.must(append([]string{"ask", "--json", askedLength}, args...)...)
	mustHaveShape(t, out, answerShape)
	return decode[answerLine](t, out)[0]
}

func TestAModelAnswersWithClaimsThatAreChecked(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Handle(func(r modeltest.Request) modeltest.Reply {
		var cited []modeltest.Source
		for _, s := range r.Sources() {
			if strings.Contains(s.Text, "1.200 mét") {
				cited = append(cited, s)
			}
		}
		good := modeltest.Claims(cited...)
		wrong := strings.ReplaceAll(good, "1.200", "8.800")
		return modeltest.Text(good+"\n"+wrong+"\nMột ý không dẫn câu nào và cũng chẳng có trong bản này.\n").WithUsage(321, 45)
	})
	a := askJSON(t, p)
	if a.Status != "answered" || a.Mode != "model" || a.Notice != "" {
		t.Errorf("got %+v", a)
	}
	if len(a.Claims) != 1 || !strings.Contains(a.Claims[0].Text, "1.200 mét") || !strings.Contains(a.Text, "[1]") || strings.Contains(a.Text, "8.800") {
		t.Errorf("the claims are %+v, the text is %q", a.Claims, a.Text)
	}
	if len(a.Rejected) != 2 || a.Rejected[0].Why != "number" || !strings.Contains(a.Rejected[0].Text, "8.800") || a.Rejected[0].Detail == "" {
		t.Errorf("rejected are %+v", a.Rejected)
	}
	if a.Usage.Prompt != 321 || a.Usage.Completion != 45 || a.Usage.Calls != 1 {
		t.Errorf("the usage is %+v", a.Usage)
	}
	if text := p.must("ask", askedLength); !strings.Contains(text, "1.200 mét") || strings.Contains(text, "8.800") {
		t.Errorf("as text:\n%s", text)
	}
}

func TestAModelThatFindsNoAnswerGivesNotInReport(t *testing.T) {
	t.Parallel()
	p, _ := withModel(t, modeltest.Text(modeltest.NotInReport))
	if a := askJSON(t, p); a.Status != "not_in_report" || a.Mode != "model" || len(a.Claims) > 0 || a.Text == "" {
		t.Errorf("got %+v", a)
	}
}

func TestAModelNeedsOnlyAnAddress(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Handle(modeltest.Echo(1)) // fails the test if an Authorization header comes
	if a := askJSON(t, p); a.Mode != "model" {
		t.Errorf("got %+v", a)
	}
	for _, r := range srv.All() {
		if header, there := r.Header["Authorization"]; there {
			t.Errorf("%s came with Authorization %q", r.Path, header)
		}
	}
	if name := srv.Requests()[0].Model; name != modeltest.Model {
		t.Errorf("the model is called %q, want the first that the server lists, %q", name, modeltest.Model)
	}
}

func TestWithoutAModelListTheNameIsDefault(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Models = nil
	srv.Handle(modeltest.Echo(1))
	if a := askJSON(t, p); a.Mode != "model" || srv.Requests()[0].Model != "default" {
		t.Errorf("asked for the model %q: %+v", srv.Requests()[0].Model, a)
	}
}

func TestKeyAndNameAreSent(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Key, srv.Models = secretKey, []string{"first", "second"}
	srv.Handle(modeltest.Echo(1))
	p.env["OPENAI_API_KEY"], p.env["OPENAI_MODEL"] = secretKey, "second"
	if a := askJSON(t, p); a.Mode != "model" || srv.Requests()[0].Model != "second" {
		t.Errorf("asked for the model %q: %+v", srv.Requests()[0].Model, a)
	}
	if a := askJSON(t, p, "--model=first"); a.Mode != "model" || srv.Requests()[1].Model != "first" {
		t.Errorf("asked for the model %q: %+v", srv.Requests()[1].Model, a)
	}
	if a := askJSON(t, p, "--model-url="+srv.URL+"/", "--model-key="+secretKey); a.Mode != "model" {
		t.Errorf("with a slash at the address's end: %+v", a)
	}
}

func TestAFailedModelFallsBackToQuotes(t *testing.T) {
	t.Parallel()
	quotesKey := `{"error":{"message":"Incorrect API key provided: ` + secretKey + `","type":"invalid_request_error","code":"invalid_api_key"}}`
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
	}{
		{"a server error", modeltest.Fail(http.StatusInternalServerError).WithBody("text/plain", "the queue is full")},
		{"a refused key that the error quotes", modeltest.Fail(http.StatusUnauthorized).WithBody("application/json", quotesKey)},
		{"too many requests", modeltest.QuotaExceeded()},
		{"a proxy's page", modeltest.BadGateway()},
		{"a connection that breaks", modeltest.Dropped()},
		{"an empty reply", modeltest.Text("")},
		{"a reply that is cut", modeltest.Text("Cầu dài").CutAfter(2)},
		{"nothing but a false number", modeltest.Text("Cầu Bạch Yến dài 7.654.321 mét. [S99]")},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, srv := withModel(t)
			srv.Key = secretKey
			p.env["OPENAI_API_KEY"] = secretKey
			srv.Handle(modeltest.Always(test.reply))
			r := p.run("ask", "--json", askedLength)
			mustHaveShape(t, r.out, answerShape)
			a := decode[answerLine](t, r.out)[0]
			if a.Status != "passages" || a.Mode != "extractive" || len(a.Claims) == 0 || a.Notice == "" || strings.Contains(a.Notice, "\n") {
				t.Errorf("got %+v", a)
			}
			if strings.Count(r.err, "\n") > 1 {
				t.Errorf("standard error has more than a line:\n%s", r.err)
			}
			if test.name != "a server error" {
				return
			}
			if !strings.Contains(r.err, "answered 500") || !strings.Contains(r.err, "the queue is full") {
				t.Errorf("standard error lacks the server's error: %q", r.err)
			}
			if text := p.must("ask", askedLength); !strings.Contains(text, "1.200 mét") || !strings.Contains(text, a.Notice) {
				t.Errorf("as text: %s", text)
			}
		})
	}
}

func TestModelWaitLimitsTheFirstToken(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Handle(func(r modeltest.Request) modeltest.Reply {
		return modeltest.Echo(1)(r).WithDelay(400 * time.Millisecond)
	})
	if a := askJSON(t, p); a.Mode != "model" {
		t.Errorf("a model that takes its time: %+v", a)
	}
	p.env["MODEL_WAIT"] = "100ms"
	if r := p.run("ask", askedLength); r.status != exitDone || !strings.Contains(r.out, "1.200 mét") || !strings.Contains(r.err, "did not answer in time") {
		t.Errorf("one that takes too much: %+v", r)
	}
	mustBeOneLine(t, p.run("ask", "--model-wait=0s", askedLength), exitFailed, "MODEL_WAIT")
	mustBeOneLine(t, p.run("ask", "--model-wait=soon", askedLength), exitUsage, "model-wait")
}

func TestServeWaitsForALoadingModel(t *testing.T) {
	t.Parallel()
	loading := modeltest.Fail(http.StatusServiceUnavailable).WithBody("application/json", `{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}`)
	p, srv := withModel(t, loading, loading.WithHeader("Retry-After", "1"))
	srv.Handle(modeltest.Echo(1))
	if a := askJSON(t, p); a.Mode != "model" || a.Usage.Calls != 3 {
		t.Errorf("got %+v", a)
	}
}

func TestAnUnreachableModelFallsBackToQuotes(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	p.env["OPENAI_BASE_URL"], p.env["OPENAI_API_KEY"] = "http://"+freePort(t)+"/v1", secretKey
	if a := askJSON(t, p); a.Status != "passages" || a.Mode != "extractive" || len(a.Claims) == 0 || !strings.Contains(a.Notice, "Không kết nối được") {
		t.Errorf("got %+v", a)
	}
	r := p.run("ask", askedLength)
	if r.status != exitDone || !strings.Contains(r.out, "1.200 mét") {
		t.Errorf("got %+v", r)
	}
	if strings.Count(r.err, "the model") != 1 {
		t.Errorf("want one line for the operator, got %q", r.err)
	}
	p.stdin = askedLength + "\n/help\n"
	if r := p.run("chat"); r.status != exitDone || !strings.Contains(r.out, "1.200 mét") || !strings.Contains(r.out, "/sources") {
		t.Errorf("the chat goes on as %+v", r)
	}
}

func TestAnInterruptEndsAStalledAnswer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		signal syscall.Signal
		args   []string
		stdin  string
		status int
	}{
		{"ask", syscall.SIGINT, []string{"ask", askedLength}, "", exitFailed},
		{"ask, terminated", syscall.SIGTERM, []string{"ask", "--json", askedLength}, "", exitFailed},
		{"a file of questions", syscall.SIGINT, []string{"ask", "--questions", "q.txt"}, "", exitFailed},
		{"a piped chat", syscall.SIGINT, []string{"chat"}, askedLength + "\n" + askedLength + "\n", exitDone},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, srv := withModel(t)
			srv.Handle(modeltest.Always(modeltest.Stalled()))
			p.file("q.txt", askedLength+"\n"+askedLength+"\n")
			p.stdin = test.stdin
			r := p.start(test.args...)
			asked := srv.WaitRequest(soon)
			ended := r.end(test.signal, 10*time.Second)
			if ended.status != test.status {
				t.Errorf("status %d, want %d\n%s\n%s", ended.status, test.status, ended.out, ended.err)
			}
			if strings.Count(ended.err, "reportbot: ") > 1 {
				t.Errorf("standard error: %s", ended.err)
			}
			if !asked.WaitCancelled(10 * time.Second) {
				t.Error("the call to the model was not ended")
			}
			if n := len(srv.Requests()); n != 1 {
				t.Errorf("%d questions were asked, the second after the signal", n)
			}
		})
	}
}

func TestEmbeddingsDoNotChangeAStoreOrBlockSearch(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Handle(modeltest.Echo(1))
	delete(p.env, "REPORT")
	p.storeOfBridges("r.db")
	p.env["DB"], p.env["EMBEDDINGS_MODEL"] = "r.db", modeltest.EmbeddingModel
	before := contents(t, p.dir)
	if a := askJSON(t, p); a.Mode != "model" {
		t.Errorf("got %+v", a)
	}
	p.must("search", askedLength)
	if after := contents(t, p.dir); after != before {
		t.Errorf("with embeddings the store changed\n%sto\n%s", before, after)
	}
	embedded := 0
	for _, r := range srv.All() {
		if r.Path == modeltest.PathEmbeddings {
			embedded++
		}
	}
	if embedded == 0 {
		t.Error("nothing was embedded")
	}
	srv.Close()
	r := p.run("search", askedLength)
	if r.status != exitDone || !strings.Contains(r.out, "1.200 mét") || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, "EMBEDDINGS_MODEL") {
		t.Errorf("without the server: %+v", r)
	}
}
