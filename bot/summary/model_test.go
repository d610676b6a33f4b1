package summary_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/bot/summary"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// quoting is an honest model that states the sources that it finds worth it.
func quoting(worth func(s string) bool) func(modeltest.Request) modeltest.Reply {
	return func(r modeltest.Request) modeltest.Reply {
		quoted := slices.DeleteFunc(r.Sources(), func(s modeltest.Source) bool { return !worth(s.Text) })
		if len(quoted) == 0 {
			return modeltest.Text(modeltest.NotInReport)
		}
		return modeltest.Text(modeltest.Claims(quoted...))
	}
}

func TestAModelsSummaryMentionsTheReportsOwnTakeaways(t *testing.T) {
	for _, test := range []struct {
		name  string
		model func(modeltest.Request) modeltest.Reply
	}{
		{"a model that finds them", quoting(func(s string) bool {
			return slices.ContainsFunc(takeaways, func(lists [][]string) bool { return mentions([]string{s}, lists...) })
		})},
		{"a model that states all it sees", echo},
	} {
		t.Run(test.name, func(t *testing.T) { checkTakeawaysByModel(t, test.model) })
	}
}

func checkTakeawaysByModel(t *testing.T, model func(modeltest.Request) modeltest.Reply) {
	l := open(t, original)
	srv := modeltest.New(t)
	srv.Handle(model)
	var steps []string
	s, err := l.maker(srv).Summarize(t.Context(), summary.Request{Length: summary.Medium, Language: text.Vietnamese}, func(done, of int) {
		steps = append(steps, fmt.Sprintf("%d/%d", done, of))
	})
	if err != nil {
		t.Fatal(err)
	}
	checkSummary(t, s)
	if got := mentioned(textsOf(s.Claims)); got != allEight {
		t.Errorf("it mentions %s:\n%s", got, strings.Join(textsOf(s.Claims), "\n"))
	}
	if s.Mode != answer.ByModel || s.Notice != answer.NoNotice || len(s.Claims) > 16 {
		t.Errorf("mode %q, notice %q, %d statements", s.Mode, s.Notice, len(s.Claims))
	}
	asked := srv.Requests()
	if want := len(asked); len(steps) != want+1 || steps[0] != fmt.Sprintf("0/%d", want) || steps[want] != fmt.Sprintf("%d/%[1]d", want) {
		t.Errorf("%d calls, and the steps %v", want, steps)
	}
	own, _ := splitBody(l.body(t))
	read := map[string]int{}
	for _, r := range asked {
		length := 0
		for _, source := range r.Sources() {
			length += len([]rune(source.Text))
			read[source.Text]++
			if strings.Contains(own, source.Text) {
				t.Errorf("the model is shown a takeaway: %s", source.Text)
			}
		}
		if length > 8000+1000 {
			t.Errorf("a prompt has %d characters of the report", length)
		}
	}
	_, rest := splitBody(l.body(t))
	unread := 0
	for _, p := range rest[1:] { // the first is a line above the first heading
		for _, sentence := range p.Sentences {
			if read[sentence.Text] == 0 {
				unread++
			}
		}
	}
	if unread > 0 {
		t.Errorf("%d sentences were in no prompt", unread)
	}
	t.Logf("%d calls, %d tokens in the prompts, %d in the replies", s.Usage.Calls, s.Usage.PromptTokens, s.Usage.CompletionTokens)
}

// echo is a model that states all it sees.
var echo = modeltest.Echo(1000)

// failing fails from the nth request on, from 1, and is echo before.
func failing(n int, reply modeltest.Reply) func(modeltest.Request) modeltest.Reply {
	calls := 0
	return func(r modeltest.Request) modeltest.Reply {
		if calls++; calls >= n {
			return reply
		}
		return echo(r)
	}
}

// modes returns by whom each section is worded, in order.
func modes(s *summary.Summary) string {
	var all []string
	for _, section := range s.Sections {
		all = append(all, string(section.Mode))
	}
	return strings.Join(all, " ")
}

// tries is how often a model is asked that fails in a way that may pass.
const tries = 3

func TestWhereTheModelFailsTheReportIsQuoted(t *testing.T) {
	for _, test := range []struct {
		name   string
		handle func(modeltest.Request) modeltest.Reply
		notice answer.Notice
		modes  string // of the bridge report's four sections
		calls  int
	}{
		{"not at all", echo, answer.NoNotice, "model model model model", 4},
		{"at once", failing(1, modeltest.Fail(http.StatusUnauthorized)), answer.ModelRefused, "extractive extractive extractive extractive", 1},
		{"in the third section", failing(3, modeltest.Fail(http.StatusUnauthorized)), answer.ModelRefused, "model model extractive extractive", 3},
		{"the connection breaks", failing(2, modeltest.Dropped()), answer.ModelUnreachable, "model extractive extractive extractive", 1 + tries},
		{"a reply without a statement breaks off", failing(2, modeltest.Text("Cầu").CutAfter(1)), answer.ModelCut, "model extractive extractive extractive", 1 + tries},
		{"replies break off behind a statement", func(r modeltest.Request) modeltest.Reply {
			return modeltest.Text(modeltest.Claims(r.Sources()[0]) + "\nCầu").WithFinish("length")
		}, answer.ModelCut, "model model model model", 4},
		{"nothing it says is in the report", modeltest.Always(modeltest.Text("Cầu bị sập năm 1999. [S99]")), answer.NoNotice, "extractive extractive extractive extractive", 4},
		{"it finds nothing worth it", modeltest.Always(modeltest.Text(modeltest.NotInReport)), answer.NoNotice, "extractive extractive extractive extractive", 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := open(t, bridge)
			srv := modeltest.New(t)
			srv.Handle(test.handle)
			s := summarize(t, l.maker(srv), summary.Request{Length: summary.Long})
			if s.Notice != test.notice || modes(s) != test.modes || len(srv.Requests()) != test.calls {
				t.Errorf("notice %q, modes %q, %d calls\nwant %q, %q, %d", s.Notice, modes(s), len(srv.Requests()), test.notice, test.modes, test.calls)
			}
			if (s.Cause != nil) != (test.notice != answer.NoNotice) {
				t.Errorf("the cause is %v", s.Cause)
			}
			// What is not as it should be is made again.
			before := len(srv.Requests())
			srv.Handle(echo)
			summarize(t, l.maker(srv), summary.Request{Length: summary.Long})
			if again := len(srv.Requests()) > before; again != (test.notice != answer.NoNotice) {
				t.Errorf("it was made again: %v", again)
			}
		})
	}
}

func TestOnlyStatementsThatPassTheCheckAreInASummary(t *testing.T) {
	l := open(t, bridge)
	srv := modeltest.New(t)
	srv.Handle(func(r modeltest.Request) modeltest.Reply {
		if !strings.Contains(r.LastUser(), "## Kinh phí xây cầu") {
			return modeltest.Text("Cầu dài 9.999 mét. [S1]") // no section says so
		}
		return modeltest.Text("Tổng kinh phí là 865 tỷ đồng. [S1]\nTỉnh góp 900 tỷ đồng. [S2]\nMọi khoản chi đều đúng như kế hoạch của ông Nam. [S3]")
	})
	s := summarize(t, l.maker(srv), summary.Request{Length: summary.Long})
	if want := "model model model model"; modes(s) != want {
		t.Fatalf("modes %q, want %q", modes(s), want)
	}
	for i, section := range s.Sections {
		for _, claim := range section.Claims {
			if !claim.Quoted && claim.Text != "Tổng kinh phí là 865 tỷ đồng." {
				t.Errorf("section %d says %q", i+1, claim.Text)
			}
		}
	}
	if cost := s.Sections[1]; len(cost.Claims) != 2 || cost.Claims[0].Text != "Tổng kinh phí là 865 tỷ đồng." || !slices.Equal(cost.Claims[0].Footnotes, []int{5}) {
		t.Errorf("on the cost it says %+v", cost.Claims)
	}
	if len(s.Rejected) != 5 {
		t.Errorf("%d statements were dropped, want 5: %+v", len(s.Rejected), s.Rejected)
	}
}

func TestASummaryIsMadeOnceForAllWhoAskForTheSame(t *testing.T) {
	l := load(t, bridge)
	srv := modeltest.New(t)
	srv.Handle(echo)
	ask := func(request summary.Request) (calls int) {
		before := len(srv.Requests())
		summarize(t, l.maker(srv), request) // another Maker each time, as after a restart
		return len(srv.Requests()) - before
	}
	whole := summary.Request{Length: summary.Medium}
	section := summary.Request{Length: summary.Medium, Section: "Kinh phí xây cầu"}
	topic := summary.Request{Length: summary.Medium, Topic: "kinh phí"}
	for _, test := range []struct {
		name    string
		request summary.Request
		calls   int
	}{
		{"the whole", whole, 4}, {"the whole again", whole, 0},
		{"another length", summary.Request{Length: summary.Short}, 4},
		{"a section", section, 1}, {"the section again", section, 0},
		{"a topic", topic, 1}, {"the topic in other letters", summary.Request{Length: summary.Medium, Topic: " Kinh  phí"}, 0},
	} {
		if calls := ask(test.request); calls != test.calls {
			t.Errorf("%s took %d calls, want %d", test.name, calls, test.calls)
		}
	}
	if s := summarize(t, l.maker(nil), whole); s.Mode != answer.Extractive {
		t.Errorf("without a model it is %q", s.Mode)
	}
	source, err := report.Open(t.Context(), bridge)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Load(t.Context(), source, ""); err != nil {
		t.Fatal(err)
	}
	if calls := ask(whole); calls != 4 {
		t.Errorf("the new edition's took %d calls, want 4", calls)
	}
}

func TestWhoHasComeToALimitGetsWhatCostsNothing(t *testing.T) {
	l := load(t, bridge)
	srv := modeltest.New(t)
	srv.Handle(echo)
	model := model.New(model.Config{URL: srv.URL, Model: modeltest.Model})
	m := summary.New(l.Store, l.finder, answer.New(l.Store, l.finder, model, answer.WithQuota(l.Store, answer.Limits{Person: answer.Limit{Questions: 1}})))
	for _, test := range []struct {
		name    string
		request summary.Request
		mode    answer.Mode
		notice  answer.Notice
		calls   int // so far
	}{
		{"the first", summary.Request{Length: summary.Medium, Chat: "1", Person: "7"}, answer.ByModel, answer.NoNotice, 4},
		{"the second", summary.Request{Length: summary.Short, Chat: "1", Person: "7"}, answer.Extractive, answer.OverLimit, 4},
		{"one that is kept", summary.Request{Length: summary.Medium, Chat: "1", Person: "7"}, answer.ByModel, answer.NoNotice, 4},
		{"somebody else's", summary.Request{Length: summary.Short, Chat: "1", Person: "8"}, answer.ByModel, answer.NoNotice, 8},
	} {
		s := summarize(t, m, test.request)
		if s.Mode != test.mode || s.Notice != test.notice || len(srv.Requests()) != test.calls {
			t.Errorf("%s: %q, notice %q, %d calls", test.name, s.Mode, s.Notice, len(srv.Requests()))
		}
	}
	if spent, err := l.AddUsage(t.Context(), "1", "7", store.Usage{}); err != nil || spent.Person.Tokens() == 0 {
		t.Errorf("the first took %+v (%v)", spent, err)
	}
}

// outcome is what came of one request.
type outcome struct {
	summary *summary.Summary
	err     error
}

// begin sums up the whole in the background; begun tells that a first step was
// heard of.
func begin(ctx context.Context, m *summary.Maker) (begun chan struct{}, done chan outcome) {
	begun, done = make(chan struct{}), make(chan outcome, 1)
	go func() {
		heard := false
		s, err := m.Summarize(ctx, summary.Request{Length: summary.Medium, Language: text.Vietnamese}, func(int, int) {
			if !heard {
				close(begun)
			}
			heard = true
		})
		done <- outcome{s, err}
	}()
	return begun, done
}

func TestTwoWhoAskAtOnceGetWhatIsMadeOnce(t *testing.T) {
	m := open(t, bridge)
	srv := modeltest.New(t)
	release := make(chan struct{})
	srv.Handle(func(r modeltest.Request) modeltest.Reply { return echo(r).HoldUntil(1, release) })
	maker := m.maker(srv)
	first, one := begin(t.Context(), maker)
	<-first
	second, two := begin(t.Context(), maker)
	<-second
	close(release)
	a, b := <-one, <-two
	if a.err != nil || b.err != nil || len(a.summary.Claims) == 0 || len(a.summary.Claims) != len(b.summary.Claims) {
		t.Fatalf("got %+v and %+v", a, b)
	}
	if calls := len(srv.Requests()); calls != 4 {
		t.Errorf("it took %d calls, want 4", calls)
	}
}

func TestWhoIsStoppedStopsNobodyElse(t *testing.T) {
	for _, test := range []struct {
		name string
		stop int // who is stopped: 0 who makes it, 1 who waits
	}{{"who makes it is stopped", 0}, {"who waits is stopped", 1}} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			release := make(chan struct{})
			srv.Handle(func(r modeltest.Request) modeltest.Reply { return echo(r).HoldUntil(1, release) })
			maker := open(t, bridge).maker(srv)
			var stops []context.CancelFunc
			var results []chan outcome
			for range 2 {
				ctx, stop := context.WithCancel(t.Context())
				begun, done := begin(ctx, maker)
				<-begun
				stops, results = append(stops, stop), append(results, done)
			}
			stops[test.stop]()
			if got := <-results[test.stop]; !errors.Is(got.err, context.Canceled) || got.summary != nil {
				t.Errorf("who was stopped got %+v", got)
			}
			close(release)
			if got := <-results[1-test.stop]; got.err != nil || got.summary.Mode != answer.ByModel {
				t.Errorf("who was not stopped got %+v", got)
			}
			stops[1-test.stop]()
		})
	}
}

func TestAStoreThatFailsFailsTheSummary(t *testing.T) {
	l := open(t, bridge)
	broken := errors.New("the disk is gone")
	for _, test := range []struct {
		name string
		in   failingStore
		want error
	}{
		{"no report is loaded", failingStore{Store: l.Store, live: store.ErrNotFound}, answer.ErrNoReport},
		{"which is live can't be read", failingStore{Store: l.Store, live: broken}, broken},
		{"its text can't be read", failingStore{Store: l.Store, body: broken}, broken},
		{"what was made can't be read", failingStore{Store: l.Store, summary: broken}, nil},
		{"what is made can't be kept", failingStore{Store: l.Store, save: broken}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := summary.New(test.in, l.finder, answer.New(l.Store, l.finder, nil))
			s, err := m.Summarize(t.Context(), summary.Request{Length: summary.Short, Language: text.Vietnamese}, func(int, int) {})
			if !errors.Is(err, test.want) || (err == nil) != (s != nil) {
				t.Errorf("got %v and the error %v, want %v", s, err, test.want)
			}
		})
	}
}

// failingStore fails where it is told to.
type failingStore struct {
	*store.Store
	live, body, summary, save error
}

func (f failingStore) Live(ctx context.Context) (*store.Edition, error) {
	if f.live != nil {
		return nil, f.live
	}
	return f.Store.Live(ctx)
}

func (f failingStore) Body(ctx context.Context, edition int64) ([]store.Passage, error) {
	if f.body != nil {
		return nil, f.body
	}
	return f.Store.Body(ctx, edition)
}

func (f failingStore) Summary(ctx context.Context, key store.SummaryKey) ([]byte, error) {
	if f.summary != nil {
		return nil, f.summary
	}
	return f.Store.Summary(ctx, key)
}

func (f failingStore) SaveSummary(ctx context.Context, key store.SummaryKey, content []byte) error {
	if f.save != nil {
		return f.save
	}
	return f.Store.SaveSummary(ctx, key, content)
}
