package answer_test

import (
	"context"
	"reflect"
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// counting is a finder that counts searches.
type counting struct {
	answer.Finder
	searches int
}

func (c *counting) SearchParts(ctx context.Context, e *store.Edition, question string, k int) ([]retrieval.Hit, []retrieval.Part, error) {
	c.searches++
	return c.Finder.SearchParts(ctx, e, question, k)
}

func TestQuotationsAreCached(t *testing.T) {
	s := emptyStore(t)
	load := func() {
		t.Helper()
		source, err := report.Open(t.Context(), bridge)
		if err == nil {
			_, err = s.Load(t.Context(), source, "")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	load()
	finder := &counting{Finder: retrieval.New(s)}
	a := answer.New(s, finder, nil, answer.WithSharedAnswers())
	asked := func(r answer.Request) (got *answer.Answer, searches int) {
		t.Helper()
		before := finder.searches
		got, err := a.Ask(t.Context(), r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return got, finder.searches - before
	}
	first, searches := asked(answer.Request{Question: lengthQuestion})
	if searches != 1 || len(first.Claims) == 0 {
		t.Fatalf("%d searches, %+v", searches, first)
	}
	for _, test := range []struct {
		name    string
		request answer.Request
		again   bool
	}{
		{"the same question", answer.Request{Question: lengthQuestion}, false},
		{"in other letters", answer.Request{Question: " cầu sông mây  dài bao nhiêu mét"}, false},
		{"at another length", answer.Request{Question: lengthQuestion, Length: answer.Full}, true},
		{"another question", answer.Request{Question: "Cầu Sông Mây có mấy làn xe?"}, true},
		{"that the report doesn't answer", answer.Request{Question: "xyzzy"}, true},
		{"the same of these", answer.Request{Question: "xyzzy"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, searches := asked(test.request)
			if (searches > 0) != test.again {
				t.Errorf("%d searches", searches)
			}
			if text.Fold(got.Question) == text.Fold(lengthQuestion) && test.request.Length == answer.Usual && !reflect.DeepEqual(got.Claims, first.Claims) {
				t.Errorf("got %+v\nwant %+v", got.Claims, first.Claims)
			}
			if got.Notice != answer.NoModel || len(got.PassageIDs) > 0 != (got.Status == answer.Passages) {
				t.Errorf("notice %q, status %q, %d found", got.Notice, got.Status, len(got.PassageIDs))
			}
		})
	}
	load()
	if _, searches := asked(answer.Request{Question: lengthQuestion}); searches != 1 {
		t.Errorf("of a new edition: %d searches", searches)
	}
}
