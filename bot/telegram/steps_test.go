package telegram

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"reportbot/bot"
	"reportbot/bot/exam"
	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
	"reportbot/retrieval"
	"reportbot/store/report"
)

// steps are the forms of a conversation's lines; the first that fits counts.
var steps = []step{
	// Who is there.
	form(`person NAME ?(\S*)`, func(s *scene, m []string) { s.people[m[1]] = s.srv.User(m[1], m[2]) }),
	form(`group NAME`, func(s *scene, m []string) { s.chats[m[1]] = s.srv.Group(m[1]) }),
	form(`supergroup NAME`, func(s *scene, m []string) { s.chats[m[1]] = s.srv.Supergroup(m[1]) }),
	form(`forum NAME ([\d ]+)`, func(s *scene, m []string) {
		var topics []int
		for _, number := range strings.Fields(m[2]) {
			topics = append(topics, s.number(number))
		}
		s.chats[m[1]] = s.srv.Supergroup(m[1], topics...)
	}),

	// The model; without a line there is none.
	form(`model quotes TEXT, pausing after N`, func(s *scene, m []string) { s.hasModel(s.pausing(m[1], s.number(m[2]))) }),
	form(`model quotes TEXT`, func(s *scene, m []string) { s.hasModel(modeltest.QuoteMatching(m[1])) }),
	form(`model echoes all sources`, func(s *scene, _ []string) { s.hasModel(modeltest.Echo(1000)) }),
	form(`model rewords all sources`, func(s *scene, _ []string) {
		s.hasModel(func(r modeltest.Request) modeltest.Reply {
			sources := r.Sources()
			for i := range sources {
				sources[i].Text = "Báo cáo viết rằng " + sources[i].Text
			}
			return modeltest.Text(modeltest.Claims(sources...))
		})
	}),
	form(`model replies TEXT`, func(s *scene, m []string) { s.hasModel(modeltest.Always(modeltest.Text(lines(m[1])))) }),
	form(`model answers N`, func(s *scene, m []string) {
		s.hasModel(modeltest.Always(modeltest.Fail(s.number(m[1]))))
	}),
	// The judge, behind a line about the model; without one nothing is judged.
	form(`judge says yes to TEXT, pausing`, func(s *scene, m []string) {
		s.release = make(chan struct{})
		s.hasJudge(func(r modeltest.Request) modeltest.Reply { return yesTo(m[1])(r).HoldUntil(0, s.release) })
	}),
	form(`judge says yes to TEXT`, func(s *scene, m []string) { s.hasJudge(yesTo(m[1])) }),
	form(`judge replies TEXT`, func(s *scene, m []string) { s.hasJudge(modeltest.Always(modeltest.Text(lines(m[1])))) }),
	form(`judge answers N`, func(s *scene, m []string) { s.hasJudge(modeltest.Always(modeltest.Fail(s.number(m[1])))) }),
	form(`the model goes on`, func(s *scene, _ []string) { close(s.release) }),
	form(`the model was told: TEXT`, func(s *scene, m []string) {
		if !slices.ContainsFunc(s.model.Requests(), func(r modeltest.Request) bool { return strings.Contains(r.LastUser(), m[1]) }) {
			s.t.Errorf("the model was never told %q", m[1])
		}
	}),
	form(`the model was asked N times`, func(s *scene, m []string) {
		if n := len(s.model.Requests()); n != s.number(m[1]) {
			s.t.Errorf("the model was asked %d times", n)
		}
	}),
	form(`the model is asked`, func(s *scene, _ []string) { s.model.WaitRequest(patience) }),

	// What people do.
	form(`N> NAME sends (\S+) as (\S+)`, func(s *scene, m []string) {
		s.open()
		data, err := os.ReadFile(m[3])
		if err != nil {
			s.t.Fatal(err)
		}
		who := s.person(m[2])
		s.messages[m[1]] = who.SendsDocument(who.Chat(), telegramtest.Document{Name: m[4], Data: data})
	}),
	form(`N> NAME sends the address of (\S+)`, func(s *scene, m []string) {
		s.open()
		server := httptest.NewServer(http.FileServer(http.Dir(filepath.Dir(m[3]))))
		s.t.Cleanup(server.Close)
		s.messages[m[1]] = s.person(m[2]).Writes(server.URL + "/" + filepath.Base(m[3]))
	}),
	form(`N> NAME sends an album of N(?:: (.+))?`, func(s *scene, m []string) {
		s.open()
		s.album(m[1], s.person(m[2]), s.number(m[3]), m[4])
	}),
	form(`N> (.+)`, func(s *scene, m []string) { s.open(); s.write(m[1], m[2]) }),
	form(`NAME deletes N`, func(s *scene, m []string) { s.person(m[1]).Deletes(s.message(m[2])) }),
	form(`NAME edits N: TEXT`, func(s *scene, m []string) { s.person(m[1]).Edits(s.message(m[2]), m[3]) }),
	form(`NAME adds the bot to NAME`, func(s *scene, m []string) {
		s.open()
		s.person(m[1]).AddsBot(s.chats[m[2]])
		s.person(m[1]).Sends(s.chats[m[2]], map[string]any{"new_chat_members": []any{
			map[string]any{"id": s.srv.Me.ID, "is_bot": true, "first_name": s.srv.Me.FirstName},
		}})
	}),
	form(`NAME removes the bot from NAME`, func(s *scene, m []string) { s.person(m[1]).RemovesBot(s.chats[m[2]]) }),
	form(`NAME blocks the bot`, func(s *scene, m []string) { s.person(m[1]).Blocks() }),
	form(`NAME presses (\S+) under N`, func(s *scene, m []string) {
		s.press = s.person(m[1]).Presses(s.now(m[3]), m[2])
	}),
	form(`NAME forges (\S+) under N`, func(s *scene, m []string) {
		s.press = s.person(m[1]).Forges(s.now(m[3]), m[2])
	}),
	form(`(\S+) lies where the report does`, func(s *scene, m []string) { copyFile(s.t, m[1], s.live) }),
	form(`(\S+) is loaded`, func(s *scene, m []string) {
		source, err := report.Open(s.t.Context(), m[1])
		if err == nil {
			_, err = s.store.Load(s.t.Context(), source, "")
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}),
	form(`an edition says TEXT instead of TEXT`, func(s *scene, m []string) {
		was, err := os.ReadFile(s.reportPath)
		if err != nil || !strings.Contains(string(was), m[2]) {
			s.t.Fatalf("the report has not %q (%v)", m[2], err)
		}
		s.loads(strings.ReplaceAll(string(was), m[2], m[1]))
	}),
	form(`edition N is live again`, func(s *scene, m []string) {
		if err := s.store.MakeLive(s.t.Context(), int64(s.number(m[1]))); err != nil {
			s.t.Fatal(err)
		}
	}),
	form(`corrections have been looked for`, func(s *scene, _ []string) { time.Sleep(recheckEvery + correctionRetry) }),
	form(`the report has sat its exam`, func(s *scene, _ []string) {
		live, err := s.store.Live(s.t.Context())
		if err == nil {
			_, err = exam.New(s.store, retrieval.New(s.store)).Exam(s.t.Context(), live)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}),
	form(`NAME presses the button “(.+)” under N`, func(s *scene, m []string) {
		button, ok := buttonOf(s.now(m[3]), m[2])
		if !ok {
			s.t.Fatalf("message %s has no button %q: %+v", m[3], m[2], s.now(m[3]).Buttons)
		}
		s.press = s.person(m[1]).Presses(s.now(m[3]), button.CallbackData)
	}),
	form(`NAME opens the link under N`, func(s *scene, m []string) {
		_, payload, linked := strings.Cut(s.now(m[2]).Buttons[0][0].URL, "?start=")
		if !linked {
			s.t.Fatalf("no deep link under %v", s.now(m[2]))
		}
		s.messages["start"] = s.person(m[1]).Writes("/start " + payload)
	}),
	form(`NAME follows the button`, func(s *scene, m []string) {
		parameter := regexp.MustCompile(`"start_parameter":"([A-Za-z0-9_-]{1,64})"`).FindStringSubmatch(s.offered[len(s.offered)-1])
		if parameter == nil {
			s.t.Fatalf("there is no button among %q", s.offered)
		}
		s.messages["start"] = s.person(m[1]).Writes("/start " + parameter[1])
	}),
	form(`the press is answered(?:: (.+))?`, func(s *scene, m []string) {
		call := s.srv.WaitCall(patience, "answerCallbackQuery", func(c telegramtest.Call) bool {
			return c.Params["callback_query_id"] == s.press
		})
		if said := call.Params["text"]; said != m[1] {
			s.t.Errorf("the press is answered with %q", said)
		}
	}),
	form(`NAME stops the draft for N`, func(s *scene, m []string) {
		s.person(m[1]).StopsDraft(int64(s.message(m[2]).ID))
	}),
	form(`NAME is an administrator of NAME`, func(s *scene, m []string) {
		s.chats[m[2]].SetMember(s.person(m[1]), "administrator")
	}),
	form(`the log tells the id of NAME`, func(s *scene, m []string) {
		if id := strconv.FormatInt(s.chats[m[1]].ID, 10); !strings.Contains(s.log.String(), id) {
			s.t.Errorf("%s is not in the log:\n%s", id, &s.log)
		}
	}),
	form(`the bot speaks only in NAME`, func(s *scene, m []string) { s.allowed = append(s.allowed, s.chats[m[1]].ID) }),
	form(`NAME asks inline: ?(.*)`, func(s *scene, m []string) { s.open(); s.inline(s.person(m[1]), m[2]) }),
	form(`offered is TEXT`, func(s *scene, m []string) {
		if !slices.ContainsFunc(s.offered, func(o string) bool { return strings.Contains(o, m[1]) }) {
			s.t.Errorf("offered are %q", s.offered)
		}
	}),
	form(`nothing is offered`, func(s *scene, _ []string) {
		if len(s.offered) > 0 {
			s.t.Errorf("offered are %q", s.offered)
		}
	}),
	form(`NAME is an admin of the bot`, func(s *scene, m []string) { s.admins = append(s.admins, s.person(m[1]).ID) }),
	form(`NAME becomes a supergroup`, func(s *scene, m []string) { s.chats[m[1]] = s.chats[m[1]].Upgrade() }),

	// What the bot does.
	form(`N< to (\d+|start): TEXT`, func(s *scene, m []string) { s.expect(m[1], m[2], m[3]) }),
	form(`N< in NAME: TEXT`, func(s *scene, m []string) { s.expectIn(s.chats[m[2]].ID, 0, m[1], m[3]) }),
	form(`N< in NAME/N: TEXT`, func(s *scene, m []string) { s.expectIn(s.chats[m[2]].ID, s.number(m[3]), m[1], m[4]) }),
	form(`N< for NAME: TEXT`, func(s *scene, m []string) { s.expectIn(s.person(m[2]).ID, 0, m[1], m[3]) }),
	form(`N becomes exactly as it was`, func(s *scene, m []string) {
		was := s.message(m[1])
		s.last = m[1]
		s.srv.Wait(patience, "the answer as it was", func() bool {
			is := s.now(m[1])
			return is.Text == was.Text && reflect.DeepEqual(is.Links(), was.Links()) && reflect.DeepEqual(is.Buttons, was.Buttons)
		})
	}),
	form(`N becomes: TEXT`, func(s *scene, m []string) {
		known := s.message(m[1])
		s.srv.WaitMessage(patience, func(r telegramtest.Message) bool {
			return r.ChatID == known.ChatID && r.ID == known.ID && strings.Contains(r.Text, m[2])
		})
		s.last = m[1]
	}),
	form(`typing for NAME`, func(s *scene, m []string) { s.typing(s.person(m[1]).ID, 0) }),
	form(`typing in NAME/N`, func(s *scene, m []string) { s.typing(s.chats[m[1]].ID, s.number(m[2])) }),
	form(`draft for NAME: TEXT`, func(s *scene, m []string) {
		s.srv.Wait(patience, "a draft", func() bool {
			return slices.ContainsFunc(s.srv.Drafts(s.person(m[1]).ID), func(d telegramtest.Draft) bool {
				return d.Live && strings.Contains(d.Text, m[2])
			})
		})
	}),
	form(`no draft is left for NAME`, func(s *scene, m []string) {
		for _, d := range s.srv.Drafts(s.person(m[1]).ID) {
			if d.Live {
				s.t.Errorf("a draft is left: %q", d.Text)
			}
		}
	}),
	form(`nothing is said to NAME`, func(s *scene, m []string) {
		if said := s.srv.Messages(s.person(m[1]).ID); len(said) > 0 {
			s.t.Errorf("the bot has said %v", said)
		}
	}),
	form(`N stands before N`, func(s *scene, m []string) {
		if s.message(m[1]).ID > s.message(m[2]).ID {
			s.t.Errorf("message %s stands behind %s", m[1], m[2])
		}
	}),
	form(`N and N are taken over`, func(s *scene, m []string) {
		for _, number := range m[1:] {
			id := s.message(number).UpdateID
			s.srv.Wait(patience, "the update to be taken over", func() bool { return s.inbox.outcome(id) == taken })
		}
	}),
	form(`nothing more`, func(s *scene, _ []string) { s.nothingMore() }),
	form(`silence`, func(s *scene, _ []string) {
		s.nothingMore()
		time.Sleep(afterwards)
		s.srv.StaysSilent(0, silentFor)
	}),
	form(`N fails: TEXT`, func(s *scene, m []string) {
		id := s.message(m[1]).UpdateID
		s.srv.Wait(patience, "the update to fail", func() bool { return slices.Contains(s.inbox.failed(), id) })
		if why := s.inbox.outcome(id); !strings.Contains(why, m[2]) {
			s.t.Errorf("it failed with %s", why)
		}
		s.expectFailed = append(s.expectFailed, id)
	}),

	// More of the message that was seen last.
	form(`links TEXT`, func(s *scene, m []string) {
		s.srv.Wait(patience, "the link", func() bool { return slices.Contains(s.now(s.last).Links(), m[1]) })
	}),
	form(`has the button TEXT`, func(s *scene, m []string) {
		s.srv.Wait(patience, "the button", func() bool { _, ok := buttonOf(s.now(s.last), m[1]); return ok })
	}),
	form(`lacks the button TEXT`, func(s *scene, m []string) {
		if _, ok := buttonOf(s.now(s.last), m[1]); ok {
			s.t.Errorf("message %s has the buttons %+v", s.last, s.now(s.last).Buttons)
		}
	}),
	form(`has TEXT`, func(s *scene, m []string) {
		s.srv.Wait(patience, "the words", func() bool { return strings.Contains(s.now(s.last).Text, lines(m[1])) })
	}),
	form(`lacks TEXT`, func(s *scene, m []string) {
		if text := s.now(s.last).Text; strings.Contains(text, m[1]) {
			s.t.Errorf("message %s has %q: %q", s.last, m[1], text)
		}
	}),
	form(`folded is TEXT`, func(s *scene, m []string) {
		s.srv.Wait(patience, "what is folded", func() bool { return strings.Contains(s.now(s.last).Folded(), lines(m[1])) })
	}),
	form(`nothing is folded`, func(s *scene, _ []string) {
		if folded := s.now(s.last).Folded(); folded != "" {
			s.t.Errorf("in message %s is folded %q", s.last, folded)
		}
	}),
	form(`shows no buttons`, func(s *scene, _ []string) {
		if rows := s.now(s.last).Buttons; len(rows) > 0 {
			s.t.Errorf("message %s has the buttons %+v", s.last, rows)
		}
	}),
	form(`is the file (\S+) with TEXT`, func(s *scene, m []string) {
		d := s.now(s.last).Document
		if d == nil || d.Name != m[1] || !strings.Contains(string(d.Data), m[2]) {
			s.t.Errorf("message %s is the file %+v", s.last, d)
		}
	}),
	form(`makes (no|a) sound`, func(s *scene, m []string) {
		if silent := s.now(s.last).Silent; silent != (m[1] == "no") {
			s.t.Errorf("message %s was sent without a sound: %v", s.last, silent)
		}
	}),
	form(`was edited`, func(s *scene, _ []string) {
		s.srv.Wait(patience, "an edit", func() bool { return s.now(s.last).Edits > 0 })
	}),
	form(`was never edited`, func(s *scene, _ []string) {
		if n := s.now(s.last).Edits; n > 0 {
			s.t.Errorf("message %s was edited %d times", s.last, n)
		}
	}),

	// What befalls the bot.
	form(`N calls of (\w+) fail with N`, func(s *scene, m []string) {
		s.srv.Fail(m[2], s.number(m[1]), telegramtest.Fault{Status: s.number(m[3])})
	}),
	form(`N calls of (\w+) must wait N seconds?`, func(s *scene, m []string) {
		s.srv.Fail(m[2], s.number(m[1]), telegramtest.Fault{RetryAfter: s.number(m[3])})
	}),
	form(`N calls of (\w+) get a proxy's page`, func(s *scene, m []string) {
		s.srv.Fail(m[2], s.number(m[1]), telegramtest.Fault{Status: http.StatusBadGateway, Body: "<html>502</html>"})
	}),
	form(`N calls of (\w+) are reset`, func(s *scene, m []string) {
		s.srv.Fail(m[2], s.number(m[1]), telegramtest.Fault{Reset: true})
	}),
	form(`at most N wait`, func(s *scene, m []string) { s.config.Queue = s.number(m[1]) }),
	form(`questions are kept for N days`, func(s *scene, m []string) { s.keepDays = s.number(m[1]) }),
	form(`a group may ask N questions a day`, func(s *scene, m []string) { s.limits.Group.Questions = s.number(m[1]) }),
	form(`a person may ask N questions a day`, func(s *scene, m []string) { s.limits.Person.Questions = s.number(m[1]) }),
	form(`a million tokens cost N dollars, written ones N`, func(s *scene, m []string) {
		s.prices = bot.Prices{In: float64(s.number(m[1])), Out: float64(s.number(m[2]))}
	}),
	form(`it is looked who comes near to a limit`, func(s *scene, _ []string) {
		if err := s.bot.WarnAdmins(s.t.Context(), s.transport.Load().Notify); err != nil {
			s.t.Error(err)
		}
	}),
	form(`rates are enforced`, func(s *scene, _ []string) { s.srv.EnforceRates() }),
	form(`the bot panics at TEXT`, func(s *scene, m []string) { s.panicsOn = m[1] }),
	form(`the bot is told to stop`, func(s *scene, _ []string) { s.stop() }),
	form(`the bot has stopped`, func(s *scene, _ []string) { s.stopped() }),
	form(`the bot starts`, func(s *scene, _ []string) { s.start() }),
}

// written is what follows the number of a person's message: who writes, where,
// how, and what.
var written = regexp.MustCompile(`^(\pL+)(?: in (\pL+)(?:/(\d+))?)?(?:, replying to (\d+))?(, anonymously)?: (.+)$`)

// unwritten are messages without a text, or with one under them, by what a
// script calls them.
var unwritten = map[string]map[string]any{
	"(sticker)":   {"sticker": map[string]any{"file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1}},
	"(photo)":     {"photo": []any{map[string]any{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}}},
	"(voice)":     {"voice": map[string]any{"file_id": "x", "file_unique_id": "x", "duration": 1}},
	"(place)":     {"location": map[string]any{"latitude": 1, "longitude": 1}},
	"(poll)":      {"poll": map[string]any{"id": "1", "question": "Ai?", "options": []any{}, "total_voter_count": 0, "is_closed": false, "is_anonymous": true, "type": "regular", "allows_multiple_answers": false}},
	"(forwarded)": {"forward_origin": map[string]any{"type": "channel", "date": 1, "message_id": 1, "chat": map[string]any{"id": -1003, "type": "channel", "title": "News"}}},
	"(joins)":     {"new_chat_members": []any{map[string]any{"id": 9, "is_bot": false, "first_name": "Cam"}}},
	"(leaves)":    {"left_chat_member": map[string]any{"id": 9, "is_bot": false, "first_name": "Cam"}},
	"(pins)":      {"pinned_message": map[string]any{"message_id": 1, "date": 0, "chat": map[string]any{"id": 1, "type": "private"}}},
	"(timer)":     {"message_auto_delete_timer_changed": map[string]any{"message_auto_delete_time": 86400}},
	"(renames)":   {"new_chat_title": "Another"},
	"(calls)":     {"video_chat_started": map[string]any{}},
}

// write lets a person write.
func (s *scene) write(number, rest string) {
	s.t.Helper()
	m := written.FindStringSubmatch(rest)
	if m == nil {
		s.t.Fatalf("who writes what where? %q", rest)
	}
	who := s.person(m[1])
	chat := who.Chat()
	if m[2] != "" {
		if chat = s.chats[m[2]]; chat == nil {
			s.t.Fatalf("there is no chat %s", m[2])
		}
	}
	var options []telegramtest.Option
	if m[3] != "" {
		options = append(options, telegramtest.InTopic(s.number(m[3])))
	}
	if m[4] != "" {
		options = append(options, telegramtest.ReplyTo(s.message(m[4])))
	}
	if m[5] != "" {
		options = append(options, telegramtest.Anonymously())
	}
	what, under, _ := strings.Cut(m[6], " ")
	if fields, ok := unwritten[what]; ok {
		if under != "" {
			options = append(options, telegramtest.Caption(under))
		}
		s.messages[number] = who.Sends(chat, fields, options...)
		return
	}
	if m[6] == "(as long as can be)" {
		m[6] = strings.Repeat("ả", 4096)
	}
	s.messages[number] = who.WritesIn(chat, lines(m[6]), options...)
}

// album lets a person send so many pictures as one, with words under the last; its
// number is the first picture's without words, else the last one's.
func (s *scene) album(number string, who *telegramtest.User, n int, words string) {
	s.t.Helper()
	for i := range n {
		fields := map[string]any{"photo": unwritten["(photo)"]["photo"], "media_group_id": "album" + number}
		var options []telegramtest.Option
		if i == n-1 && words != "" {
			options = append(options, telegramtest.Caption(words))
		}
		m := who.Sends(who.Chat(), fields, options...)
		if i == 0 || words != "" {
			s.messages[number] = m
		}
	}
}

// inline lets a person ask inline, and waits for what they are offered.
func (s *scene) inline(u *telegramtest.User, words string) {
	s.t.Helper()
	id := u.AsksInline(words, "")
	call := s.srv.WaitCall(patience, "answerInlineQuery", func(c telegramtest.Call) bool { return c.Params["inline_query_id"] == id })
	if call.Status != http.StatusOK {
		s.t.Errorf("the answer is refused: %s", call.Error)
	}
	var results, button json.RawMessage
	var each []json.RawMessage
	if !call.Params.JSON("results", &results) || json.Unmarshal(results, &each) != nil {
		s.t.Errorf("no results in %v", call.Params)
	}
	s.offered = nil
	for _, result := range each {
		s.offered = append(s.offered, string(result))
	}
	if call.Params.JSON("button", &button) {
		s.offered = append(s.offered, string(button))
	}
}

// hasModel puts a model behind the bot.
func (s *scene) hasModel(handle func(modeltest.Request) modeltest.Reply) {
	s.model = modeltest.New(s.t)
	s.model.Handle(handle)
}

// hasJudge makes the model judge claims.
func (s *scene) hasJudge(handle func(modeltest.Request) modeltest.Reply) {
	s.judged = true
	s.model.When(modeltest.IsJudge, handle)
}

// yesTo is a judge that says yes to the claims with words, and no to others.
func yesTo(words string) func(modeltest.Request) modeltest.Reply {
	return modeltest.JudgeWith(func(c modeltest.JudgedClaim) bool { return strings.Contains(c.Text, words) })
}

// typing waits until the bot is seen typing.
func (s *scene) typing(chat int64, topic int) {
	s.t.Helper()
	s.srv.WaitCall(patience, "sendChatAction", func(c telegramtest.Call) bool {
		return c.Params.Int("chat_id") == chat && c.Params.Int("message_thread_id") == int64(topic) && c.Params["action"] == "typing"
	})
}

func (s *scene) number(digits string) int {
	s.t.Helper()
	n, err := strconv.Atoi(digits)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// loads makes a report's text the live edition.
func (s *scene) loads(written string) {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), "edition.txt")
	err := os.WriteFile(path, []byte(written), 0o600)
	var source *report.Source
	if err == nil {
		source, err = report.Open(s.t.Context(), path)
	}
	if err == nil {
		_, err = s.store.Load(s.t.Context(), source, "")
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// lines returns a script's words with their line breaks, which it writes \n.
func lines(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }
