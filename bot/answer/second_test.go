package answer_test

import (
	"net/http"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

// isCheck matches the calls that check a claim.
func isCheck(r modeltest.Request) bool { return strings.Contains(r.LastUser(), "<claim>") }

func TestTheModelChecksClaimsToo(t *testing.T) {
	const said = lengthSentence + " {1.240 mét}\n" + lanesSentence + " {bốn làn xe}\nCầu dài 999 mét. {1.240 mét}"
	yes, no := modeltest.Text("SUPPORTED").WithUsage(100, 2), modeltest.Text("UNSUPPORTED").WithUsage(100, 3)
	for _, test := range []struct {
		name     string
		verdicts map[string]modeltest.Reply // by a word of the claim; else yes
		claims   []string
		rejected string
		told     string
		calls    int
	}{
		{"both supported", nil, []string{lengthSentence, lanesSentence}, "number", "", 3},
		{"one not supported", map[string]modeltest.Reply{"làn xe": no}, []string{lengthSentence}, "model number", "", 3},
		{"neither yes nor no", map[string]modeltest.Reply{"làn xe": modeltest.Text("Perhaps.")}, []string{lengthSentence}, "model number", "Perhaps", 3},
		{"an answer instead", map[string]modeltest.Reply{"1.240": modeltest.Text(lengthSentence + " [S1]")}, []string{lanesSentence}, "model number", "neither", 3},
		{"a check that is cut off", map[string]modeltest.Reply{"làn xe": yes.WithFinish("length")}, []string{lengthSentence}, "model number", "cut off", 5},
		{"a check that fails", map[string]modeltest.Reply{"1.240": modeltest.Fail(http.StatusInternalServerError)}, nil, "model model number", "answered 500", 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.When(isCheck, func(r modeltest.Request) modeltest.Reply {
				_, claim, _ := strings.Cut(r.LastUser(), "<claim>")
				for word, verdict := range test.verdicts {
					if strings.Contains(claim, word) {
						return verdict
					}
				}
				return yes
			})
			srv.Handle(saying(t, said))
			var told []string
			a := answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}),
				answer.CheckedByModel(), answer.Telling(func(err error) { told = append(told, err.Error()) }))
			got, passed := request(t, a, answer.Request{Question: lengthQuestion})
			if got.Status == answer.Answered && strings.Join(passed, "|") != strings.Join(test.claims, "|") {
				t.Errorf("shown %q, want %q", passed, test.claims)
			}
			if (got.Status == answer.Answered) != (len(test.claims) > 0) || rejected(got) != test.rejected {
				t.Errorf("status %q, rejected by %q, want %q", got.Status, rejected(got), test.rejected)
			}
			if len(test.claims) == 0 && got.Notice != answer.NothingSupported {
				t.Errorf("notice %q", got.Notice)
			}
			if got.Usage.Calls != test.calls || len(srv.Requests()) != test.calls {
				t.Errorf("usage %+v, %d requests, want %d", got.Usage, len(srv.Requests()), test.calls)
			}
			if all := strings.Join(told, "|"); (all == "") != (test.told == "") || !strings.Contains(all, test.told) {
				t.Errorf("the operator is told %q, want %q", all, test.told)
			}
		})
	}
}

func TestTheCheckIsAskedAsInTheGoldenFile(t *testing.T) {
	srv := modeltest.New(t)
	srv.When(isCheck, modeltest.Always(modeltest.Text("SUPPORTED")))
	srv.Handle(saying(t, "Công trường làm việc trở lại với 180 công nhân ngày 14 tháng 2. {180 công nhân}"))
	a := answer.New(reading(), reading(), model.New(model.Config{URL: srv.URL, Model: modeltest.Model}), answer.CheckedByModel())
	ask(t, a, "Công trường có bao nhiêu công nhân?")
	requests := srv.Requests()
	golden(t, "testdata/check.vi.golden", requests[len(requests)-1].Transcript())
}

func TestWithoutTheOptionTheModelChecksNothing(t *testing.T) {
	srv := modeltest.New(t) // a second request fails the test
	srv.Enqueue(modeltest.Text(lengthSentence + " [S1]"))
	if got := ask(t, answererOn(t, srv), lengthQuestion); got.Status != answer.Answered {
		t.Errorf("status %q", got.Status)
	}
}
