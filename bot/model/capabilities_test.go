package model_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

func TestRefusedFieldsAreOmittedFromLaterRequests(t *testing.T) {
	for _, test := range []struct {
		name   string
		limits modeltest.Limits
		fields []string
		calls  int // for the first reply
	}{
		{name: "nothing", calls: 1},
		{name: "stream_options", fields: []string{"stream_options"}, calls: 2},
		{name: "temperature", fields: []string{"temperature"}, calls: 2},
		{name: "both, one after the other", fields: []string{"temperature", "stream_options"}, calls: 3},
		{name: "system messages", limits: modeltest.Limits{NoSystem: true}, calls: 2},
		{name: "streaming", limits: modeltest.Limits{NoStream: true}, calls: 2},
		{name: "streaming and system messages", limits: modeltest.Limits{NoStream: true, NoSystem: true}, calls: 3},
		{name: "all of it", fields: []string{"temperature", "stream_options"}, limits: modeltest.Limits{NoStream: true, NoSystem: true}, calls: 5},
		{name: "a request without max_tokens", limits: modeltest.Limits{Demands: []string{"max_tokens"}}, calls: 2},
		{name: "a request without max_completion_tokens", limits: modeltest.Limits{Demands: []string{"max_completion_tokens"}}, calls: 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Unsupported, srv.Limits = test.fields, test.limits
			srv.Handle(modeltest.Always(modeltest.Text(sentence).WithUsage(12, 3)))
			c := clientOf(srv)
			for _, calls := range []int{test.calls, 1} {
				said, used, err := ask(t.Context(), c)
				if said != sentence || err != nil || used.Calls != calls {
					t.Errorf("said %q, %v, after %d calls, want %d", said, err, used.Calls, calls)
				}
			}
			last := srv.Requests()[len(srv.Requests())-1]
			if test.limits.NoSystem && last.LastUser() != messages[0].Content+"\n\n"+messages[1].Content {
				t.Errorf("the user's message is %q", last.LastUser())
			}
			if messages[1].Content == last.LastUser() == test.limits.NoSystem {
				t.Errorf("the user's message is %q", last.LastUser())
			}
		})
	}
}

func TestAReplyWithoutStreamingIsCompleteOrErrCut(t *testing.T) {
	for _, test := range []struct {
		name  string
		reply modeltest.Reply
		want  error
	}{
		{"whole", modeltest.Text(sentence), nil},
		{"whole, and says it in another way", modeltest.Text(sentence).WithFinish("end_turn"), nil},
		{"too long", modeltest.Text(sentence).WithFinish("length"), model.ErrCut},
		{"half of it", modeltest.Text(sentence).CutAfter(1), model.ErrCut},
	} {
		srv := modeltest.New(t)
		srv.Limits.NoStream = true
		srv.Enqueue(test.reply)
		if _, used, err := ask(t.Context(), clientOf(srv)); !errors.Is(err, test.want) || test.want == nil && used.PromptTokens == 0 {
			t.Errorf("%s: %+v, %v", test.name, used, err)
		}
	}
}

// Servers and chat templates word refusals in many ways.
func TestRefusalsAreRecognizedInAnyWording(t *testing.T) {
	type refusal struct {
		status int
		body   string
	}
	system, stream, usage := modeltest.Limits{NoSystem: true}, modeltest.Limits{NoStream: true}, modeltest.Limits{Demands: []string{"not stream_options"}}
	for _, test := range []struct {
		what    string
		limits  modeltest.Limits
		refuses []refusal
	}{
		{"system messages", system, []refusal{
			{400, `{"error":{"message":"System role not supported","type":"BadRequestError","code":400}}`},
			{400, `{"object":"error","message":"Conversation roles must alternate user/assistant/user/assistant/...","code":400}`},
			{400, `{"error":{"message":"Developer instruction is not enabled for models/gemma-3-27b-it","status":"INVALID_ARGUMENT"}}`},
			{422, `{"detail":[{"loc":["body","messages",0,"role"],"msg":"unexpected value; permitted: 'user', 'assistant'","input":"system"}]}`},
			{400, `{"error":"Only user and assistant roles are supported!"}`},
			{500, `{"error":{"code":500,"message":"Jinja Exception: System role not supported","type":"server_error"}}`},
			{400, `messages: Unexpected role "system".`},
			{400, `{"error":{"message":"messages[0].role: unknown variant ` + "`system`" + `, expected user or assistant"}}`},
		}},
		{"streaming", stream, []refusal{
			{400, `{"error":{"message":"Streaming is not supported for this model","param":"stream"}}`},
			{400, `{"error":"stream=true is not implemented"}`},
			{422, `{"detail":"This endpoint does not support streaming."}`},
			{501, `Not Implemented`},
			{405, `<html><title>streaming disabled</title></html>`},
			{400, `{"error":{"message":"Unsupported value: 'stream' does not support true with this model.","code":"unsupported_value"}}`},
		}},
		{"stream_options", usage, []refusal{
			{400, `{"error":{"message":"Unrecognized request argument supplied: stream_options","type":"invalid_request_error"}}`},
			{422, `{"detail":[{"loc":["body","stream_options"],"msg":"extra fields not permitted"}]}`},
			{400, `include_usage: Extra inputs are not permitted`},
			{400, ``},
			{422, `{"error":{"type":3}}`},
			{400, `<html><title>400 Bad Request</title></html>`},
		}},
	} {
		for _, r := range test.refuses {
			t.Run(fmt.Sprint(test.what, ": ", r.body), func(t *testing.T) {
				takes := func(req modeltest.Request) bool {
					switch test.what {
					case "streaming":
						return !req.Stream
					case "stream_options":
						return !req.IncludeUsage
					}
					return req.System() == ""
				}
				srv := modeltest.New(t)
				srv.Handle(func(req modeltest.Request) modeltest.Reply {
					if takes(req) {
						return modeltest.Text(sentence)
					}
					return modeltest.Fail(r.status).WithBody("application/json", r.body)
				})
				c := clientOf(srv)
				said, used, err := ask(t.Context(), c)
				if said != sentence || err != nil || used.Calls > 3 {
					t.Errorf("said %q, %v after %d calls", said, err, used.Calls)
				}
				if _, used, _ := ask(t.Context(), c); used.Calls != 1 {
					t.Errorf("the second time it took %d calls", used.Calls)
				}
			})
		}
	}
}

// Failures unrelated to a request's form don't change it.
func TestOtherRefusalsChangeNothing(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
	}{
		{403, `{"error":{"message":"temperature is for paying users"}}`},
		{401, `{"error":{"message":"the system has no such user"}}`},
		{429, `{"error":{"message":"too many streams; streaming is not supported now"}}`},
		{503, `{"error":{"message":"upstream can't stream"}}`},
		{500, `{"error":{"message":"out of memory"}}`},
		{400, `{"error":{"message":"This model's maximum context length is 4096 tokens"}}`},
	} {
		srv := modeltest.New(t, modeltest.Fail(test.status).WithBody("application/json", test.body))
		_, used, err := ask(t.Context(), clientOf(srv))
		if err == nil || used.Calls != 1 {
			t.Errorf("%d %s: %v after %d calls", test.status, test.body, err, used.Calls)
		}
	}
}

// If a server has accepted a request before, a later refusal without a reason is not
// about the request's form.
func TestSimplerFormsAreTriedOnlyUntilOneIsAccepted(t *testing.T) {
	bad := modeltest.Fail(http.StatusBadRequest)
	srv := modeltest.New(t, modeltest.Text("x"), bad)
	c := clientOf(srv)
	if _, _, err := ask(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, used, err := ask(t.Context(), c); err == nil || used.Calls != 1 {
		t.Errorf("%v after %d calls", err, used.Calls)
	}
	never := modeltest.New(t, bad, bad, bad)
	if _, used, err := ask(t.Context(), clientOf(never)); err == nil || used.Calls != 3 {
		t.Errorf("a server that takes none: %v after %d calls", err, used.Calls)
	}
}

func TestTooLongRecognizesLongPrompts(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		want   bool
	}{
		{400, `{"error":{"message":"This model's maximum context length is 4096 tokens. However, your messages resulted in 9000 tokens.","code":"context_length_exceeded"}}`, true},
		{400, `{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_ctx":4096}}`, true},
		{422, `{"error":"Input validation error: inputs must have less than 4096 tokens. Given: 9000","error_type":"validation"}`, true},
		{400, `{"error":{"message":"prompt is too long: 9000 tokens > 4096 maximum"}}`, true},
		{413, `Payload Too Large`, true},
		{413, `<html><title>413 Request Entity Too Large</title></html>`, true},
		{500, `{"error":"input length exceeds maximum context length"}`, true},
		{400, `{"detail":"Input is too long for requested model."}`, true},
		{400, `{"error":{"message":"Please reduce the length of the messages or completion."}}`, true},
		{400, `{"error":{"message":"The number of input tokens (9000) is greater than the context window"}}`, true},
		{429, `{"error":{"message":"Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000"}}`, true},

		{429, `{"error":{"message":"Rate limit reached on tokens per minute. Limit 6000, used 5900."}}`, false},
		{503, `{"error":{"message":"overloaded"}}`, false},
		{401, `{"error":{"message":"the token is too long"}}`, false},
		{400, `{"error":{"message":"temperature must be at most 2"}}`, false},
	} {
		srv := modeltest.New(t)
		srv.Handle(modeltest.Always(modeltest.Fail(test.status).WithBody("application/json", test.body)))
		_, _, err := ask(t.Context(), clientOf(srv))
		if model.TooLong(err) != test.want {
			t.Errorf("%d %s: too long: %v", test.status, test.body, !test.want)
		}
	}
}

func TestARefusedTemperatureIsOmitted(t *testing.T) {
	for _, test := range []struct {
		model string
		sent  bool
	}{
		{modeltest.Model, true}, {"gpt-4o-mini", true}, {"gpt-5-mini", false}, {"o3", false}, {"o4-mini", false},
	} {
		t.Run(test.model, func(t *testing.T) {
			srv := modeltest.New(t, modeltest.Text(strings.ToUpper(test.model)))
			srv.Models = []string{test.model}
			if _, _, err := ask(t.Context(), unnamed(srv)); err != nil {
				t.Fatal(err)
			}
			temperature := srv.Requests()[0].Temperature
			if (temperature != nil) != test.sent || test.sent && *temperature > 1e-6 {
				t.Errorf("temperature %v, want one of nearly 0: %v", temperature, test.sent)
			}
		})
	}
}
