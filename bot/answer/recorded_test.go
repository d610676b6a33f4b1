package answer_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

// With a model's server at hand,
//
//	OPENAI_BASE_URL=... go test -tags sqlite_fts5 -run Recorded ./bot/answer -record NAME
//
// makes testdata/exchanges/NAME.http of its reply. Those that are there were
// written by hand in the form in which such servers send.
var record = flag.String("record", "", "record an exchange with the model at OPENAI_BASE_URL under this name")

const exchanges = "testdata/exchanges"

func TestRecordedExchangesAreReplayed(t *testing.T) {
	if *record != "" {
		a := answererAt(t, model.Config{
			URL: os.Getenv("OPENAI_BASE_URL"), Key: os.Getenv("OPENAI_API_KEY"), Model: os.Getenv("OPENAI_MODEL"),
			Transport: modeltest.Record(filepath.Join(exchanges, *record+".http"), nil),
		})
		t.Logf("recorded: %s", claims(ask(t, a, lengthQuestion)))
	}
	recordings, err := filepath.Glob(exchanges + "/*.http")
	if err != nil || len(recordings) < 5 {
		t.Fatalf("recordings: %q, %v", recordings, err)
	}
	for _, path := range recordings {
		t.Run(filepath.Base(path), func(t *testing.T) {
			srv := modeltest.New(t, modeltest.Replay(t, path))
			got := ask(t, answererOn(t, srv), lengthQuestion)
			notice, whole := answer.NoNotice, true
			if strings.Contains(path, "error") {
				notice, whole = answer.ModelCut, false
			}
			if got.Status != answer.Answered || got.Notice != notice || !strings.HasPrefix(claims(got), "Cầu Sông Mây dài 1.240 mét. [1]") {
				t.Errorf("status %q, notice %q, claims %q, cause %v, rejected %+v", got.Status, got.Notice, claims(got), got.Cause, got.Rejected)
			}
			if whole && (got.Usage.PromptTokens == 0 || got.Usage.CompletionTokens == 0 || len(got.Claims) != 2) {
				t.Errorf("usage %+v, claims %q, rejected %+v", got.Usage, claims(got), got.Rejected)
			}
			if strings.Contains(claims(got), "865") {
				t.Errorf("a thought is shown: %q", claims(got))
			}
		})
	}
}

func TestRecordingsContainNoKeys(t *testing.T) { modeltest.CheckRecordings(t, exchanges+"/*.http") }
