package telegram

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
)

// TestConversations plays the conversations of testdata/conversations with the
// real bot: its transport, its commands, its answers and its store, against
// the servers of telegramtest and modeltest. Their language is that of scene:
// one step a line, each carried out when the one before is over.
//
//	# A comment. The first one says what the conversation shows; "# slow" skips it
//	# under -short.
//	person Ana vi
//	forum Club 7 8
//	model quotes cầu
//	1> Ana in Club/7: @report_test_bot Cầu có mấy làn xe?
//	2< to 1: bốn làn xe
//	     links https://thach-lam.example.org/lan-xe
//
// People's messages and the bot's are numbered through. "2< to 1:" waits for a
// message of the bot, in the place of message 1 and in reply to it, with these
// words in it; the indented lines say more of it. Where a conversation ends
// every update must be dealt with, and every message of the bot must have been
// expected.
func TestConversations(t *testing.T) {
	paths, err := filepath.Glob("testdata/conversations/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) < 12 {
		t.Fatalf("only %d conversations are in testdata/conversations", len(paths))
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(data), "\n# slow\n") {
				slow(t)
			}
			play(t, string(data))
		})
	}
}

// scene is a conversation that is being played.
type scene struct {
	*stage
	reportPath   string
	people       map[string]*telegramtest.User
	chats        map[string]*telegramtest.Chat
	messages     map[string]telegramtest.Message
	expected     map[[2]int64]bool // messages of the bot, by chat and id
	expectFailed []int64           // updates that should fail
	press        string            // id of the last press of a button
	last         string            // number of the bot's message that was seen last
	offered      []string          // for the last inline query: results, and the button, as JSON
}

// step is a form that a line may have. Within a pattern NAME, N and TEXT stand
// for what their names say.
type step struct {
	pattern *regexp.Regexp
	run     func(s *scene, m []string)
}

func form(pattern string, run func(s *scene, m []string)) step {
	pattern = strings.NewReplacer("NAME", `(\pL+)`, "N", `(\d+)`, "TEXT", `(.+)`).Replace(pattern)
	return step{regexp.MustCompile("^" + pattern + "$"), run}
}

// play plays a conversation from its first line to its last.
func play(t *testing.T, script string) {
	s := &scene{
		reportPath: "../testdata/bridge.vi.txt",
		people:     map[string]*telegramtest.User{}, chats: map[string]*telegramtest.Chat{},
		messages: map[string]telegramtest.Message{}, expected: map[[2]int64]bool{},
	}
	lines := strings.Split(strings.TrimSpace(script), "\n")
	if !strings.HasPrefix(lines[0], "# ") {
		t.Fatal("line 1: a conversation begins with what it shows, as a comment")
	}
	for _, line := range lines {
		if path, ok := strings.CutPrefix(line, "report "); ok {
			s.reportPath = path
		}
	}
	s.stage = newStage(t, s.reportPath)
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "report ") {
			continue
		}
		at := slices.IndexFunc(steps, func(st step) bool { return st.pattern.MatchString(line) })
		if at < 0 {
			t.Fatalf("line %d has no form that a step may have: %s", i+1, line)
		}
		s.playLine(i+1, line, steps[at])
	}
	s.end()
}

// playLine carries out one step; a failure in it names the line.
func (s *scene) playLine(number int, line string, st step) {
	s.t.Helper()
	failed := s.t.Failed()
	finished := false
	defer func() {
		if !finished || s.t.Failed() && !failed {
			s.t.Logf("in line %d: %s", number, line)
		}
	}()
	st.run(s, st.pattern.FindStringSubmatch(line))
	finished = true
}

// end holds a conversation to what is so at the end of any.
func (s *scene) end() {
	s.t.Helper()
	s.nothingMore()
	if s.stop == nil {
		s.t.Error("the bot is not running at the end")
	}
	for _, id := range s.inbox.failed() {
		if !slices.Contains(s.expectFailed, id) {
			s.t.Errorf("update %d failed: %s", id, s.inbox.outcome(id))
		}
	}
}

// nothingMore waits until all updates are dealt with, and fails the test if
// the bot wrote what no step expected.
func (s *scene) nothingMore() {
	s.t.Helper()
	s.settled()
	for _, m := range s.srv.Messages(0) {
		if !s.expected[[2]int64{m.ChatID, int64(m.ID)}] {
			s.t.Errorf("nobody expected %v", m)
		}
	}
}

// open is the first line that anybody writes: the bot runs from then on.
func (s *scene) open() {
	s.t.Helper()
	if s.done == nil {
		s.start()
	}
}

// person returns somebody by name.
func (s *scene) person(name string) *telegramtest.User {
	s.t.Helper()
	u := s.people[name]
	if u == nil {
		s.t.Fatalf("there is no person %s", name)
	}
	return u
}

// message returns a message by its number.
func (s *scene) message(number string) telegramtest.Message {
	s.t.Helper()
	m, ok := s.messages[number]
	if !ok {
		s.t.Fatalf("there is no message %s yet", number)
	}
	return m
}

// now returns a message of the bot as it stands in the chat by now.
func (s *scene) now(number string) telegramtest.Message {
	s.t.Helper()
	known := s.message(number)
	for _, m := range s.srv.Messages(known.ChatID) {
		if m.ID == known.ID {
			return m
		}
	}
	s.t.Fatalf("message %s is none of the bot's", number)
	panic("unreachable")
}

// expect waits for a message of the bot in reply to another.
func (s *scene) expect(number, to, words string) {
	s.t.Helper()
	question := s.message(to)
	m := s.srv.WaitMessage(patience, func(m telegramtest.Message) bool {
		return m.ChatID == question.ChatID && m.ReplyTo == question.ID && strings.Contains(m.Text, words) &&
			!s.expected[[2]int64{m.ChatID, int64(m.ID)}]
	})
	s.messages[number], s.last = m, number
	s.expected[[2]int64{m.ChatID, int64(m.ID)}] = true
	if m.ThreadID != question.ThreadID && s.forum(m.ChatID) {
		s.t.Errorf("message %s stands in topic %d, what it replies to in %d", number, m.ThreadID, question.ThreadID)
	}
	if !m.NoPreview && m.Document == nil {
		s.t.Errorf("message %s has a link preview", number)
	}
}

// expectIn waits for a message of the bot that replies to none.
func (s *scene) expectIn(chat int64, topic int, number, words string) {
	s.t.Helper()
	m := s.srv.WaitMessage(patience, func(m telegramtest.Message) bool {
		return m.ChatID == chat && m.ThreadID == topic && m.ReplyTo == 0 && strings.Contains(m.Text, words) &&
			!s.expected[[2]int64{m.ChatID, int64(m.ID)}]
	})
	s.messages[number], s.last = m, number
	s.expected[[2]int64{m.ChatID, int64(m.ID)}] = true
}

func (s *scene) forum(chat int64) bool {
	for _, c := range s.chats {
		if c.ID == chat {
			return c.Forum
		}
	}
	return false
}

// pausing is a model that quotes the sources with these words and, after so
// many of them, waits until it may go on.
func (s *scene) pausing(words string, after int) func(modeltest.Request) modeltest.Reply {
	s.release = make(chan struct{})
	return func(r modeltest.Request) modeltest.Reply {
		var quoted []modeltest.Source
		for _, source := range r.Sources() {
			if strings.Contains(source.Text, words) {
				quoted = append(quoted, source)
			}
		}
		lines := strings.SplitAfter(modeltest.Claims(quoted...), "\n")
		return modeltest.Chunks(lines...).HoldUntil(after, s.release)
	}
}

// afterwards is how long a call may still be on its way that the bot has broken
// off, as it does with "typing" where an answer is ready.
const afterwards = 50 * time.Millisecond

// silentFor is how long silence is listened to once all is dealt with.
const silentFor = 100 * time.Millisecond
