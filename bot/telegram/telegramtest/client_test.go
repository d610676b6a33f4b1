package telegramtest

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// newClient is the library the bot is written with, against the stand-in.
func newClient(t *testing.T, s *Server) *bot.Bot {
	t.Helper()
	b, err := bot.New(s.Token, bot.WithServerURL(s.URL))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLibraryGetMe(t *testing.T) {
	s := New(t)
	me, err := newClient(t, s).GetMe(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if me.ID != s.Me.ID || me.Username != "report_test_bot" || !me.IsBot {
		t.Errorf("getMe = %+v", me)
	}
	if n := len(s.Calls("getMe")); n != 2 { // one by bot.New
		t.Errorf("%d calls of getMe, want 2", n)
	}
}

func TestLibrarySendAndEdit(t *testing.T) {
	s := New(t)
	b := newClient(t, s)
	ctx := context.Background()
	ana := s.User("Ana", "vi")
	question := ana.Writes("/ask@report_test_bot Ở đâu?")

	off, elsewhere := true, "bridge"
	sent, err := b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: ana.ID, Text: `See <a href="https://example.com/a?b=1&amp;c=2">[1]</a> 😀 <b>x</b>`,
		ParseMode: models.ParseModeHTML, LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off},
		ReplyParameters: &models.ReplyParameters{MessageID: question.ID},
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
			{Text: "More", CallbackData: "more"}, {Text: "Elsewhere", SwitchInlineQuery: &elsewhere},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if sent.Text != "See [1] 😀 x" || sent.ReplyToMessage == nil || sent.ReplyToMessage.ID != question.ID {
		t.Errorf("sent = %+v", sent)
	}
	if len(sent.Entities) != 2 || sent.Entities[0].URL != "https://example.com/a?b=1&c=2" ||
		sent.Entities[1].Offset != 11 || sent.Entities[1].Length != 1 {
		t.Errorf("entities = %+v", sent.Entities)
	}
	got := s.Messages(ana.ID)
	if len(got) != 1 || got[0].ReplyTo != question.ID || !got[0].NoPreview || len(got[0].Buttons) != 1 ||
		got[0].Buttons[0][0].CallbackData != "more" || !slices.Equal(got[0].Links(), []string{"https://example.com/a?b=1&c=2"}) {
		t.Errorf("messages = %+v", got)
	}

	edited, err := b.EditMessageText(ctx, &bot.EditMessageTextParams{
		ChatID: ana.ID, MessageID: sent.ID, Text: "<i>new</i>", ParseMode: models.ParseModeHTML,
	})
	if err != nil || edited.Text != "new" || edited.EditDate == 0 {
		t.Errorf("edited = %+v, %v", edited, err)
	}
	_, err = b.EditMessageText(ctx, &bot.EditMessageTextParams{
		ChatID: ana.ID, MessageID: sent.ID, Text: "<i>new</i>", ParseMode: models.ParseModeHTML,
	})
	if !errors.Is(err, bot.ErrorBadRequest) || !strings.Contains(err.Error(), "message is not modified") {
		t.Errorf("editing nothing: %v", err)
	}
	if m := s.Messages(ana.ID)[0]; m.Edits != 1 || m.Text != "new" || len(m.Buttons) != 0 {
		t.Errorf("after the edit: %+v", m)
	}
	if ok, err := b.DeleteMessage(ctx, &bot.DeleteMessageParams{ChatID: ana.ID, MessageID: sent.ID}); err != nil || !ok {
		t.Errorf("deleteMessage = %v, %v", ok, err)
	}
	_, err = b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: ana.ID, MessageID: sent.ID, Text: "x"})
	if err == nil || !strings.Contains(err.Error(), "message to edit not found") {
		t.Errorf("editing a deleted message: %v", err)
	}
}

func TestLibraryDraftsAndActions(t *testing.T) {
	s := New(t)
	b := newClient(t, s)
	ctx := context.Background()
	ana := s.User("Ana", "")
	ana.Writes("hi")
	for _, text := range []string{"<b>Be</b>", "<b>Because</b>"} {
		if ok, err := b.SendMessageDraft(ctx, &bot.SendMessageDraftParams{
			ChatID: ana.ID, DraftID: "9", Text: text, ParseMode: models.ParseModeHTML, CanStop: true,
		}); err != nil || !ok {
			t.Fatalf("sendMessageDraft = %v, %v", ok, err)
		}
	}
	d := s.Drafts(ana.ID)
	if len(d) != 1 || d[0].Text != "Because" || !slices.Equal(d[0].Versions, []string{"Be", "Because"}) || !d[0].Live {
		t.Errorf("drafts = %+v", d)
	}
	if ok, err := b.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: ana.ID, Action: models.ChatActionTyping}); err != nil || !ok {
		t.Errorf("sendChatAction = %v, %v", ok, err)
	}
	if _, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: ana.ID, Text: "Because."}); err != nil {
		t.Fatal(err)
	}
	if s.Drafts(ana.ID)[0].Live {
		t.Error("the draft outlives the message")
	}

	s.AllowErrors()
	group := s.Group("Team")
	if _, err := b.SendMessageDraft(ctx, &bot.SendMessageDraftParams{ChatID: group.ID, DraftID: "9", Text: "x"}); err == nil {
		t.Error("a draft in a group was taken")
	}
	if _, err := b.SendMessageDraft(ctx, &bot.SendMessageDraftParams{ChatID: ana.ID, DraftID: "0", Text: "x"}); err == nil {
		t.Error("draft 0 was taken")
	}
	if _, err := b.SendMessageDraft(ctx, &bot.SendMessageDraftParams{ChatID: ana.ID, DraftID: "q1", Text: "x"}); err == nil {
		t.Error("draft q1 was taken")
	}
	if _, err := b.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: ana.ID, Action: "thinking"}); err == nil {
		t.Error("an unknown action was taken")
	}
}

func TestLibraryErrors(t *testing.T) {
	s := New(t)
	b := newClient(t, s)
	ctx := context.Background()
	ana, bo := s.User("Ana", ""), s.User("Bo", "")
	sendTo := func(u *User) error {
		_, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.ID, Text: "x"})
		return err
	}
	send := func() error { return sendTo(ana) }
	if err := send(); !errors.Is(err, bot.ErrorForbidden) {
		t.Errorf("to a stranger: %v", err)
	}
	ana.Writes("hi")
	bo.Writes("hi")
	bo.Blocks()
	if err := sendTo(bo); !errors.Is(err, bot.ErrorForbidden) || !strings.Contains(err.Error(), "blocked") {
		t.Errorf("when blocked: %v", err)
	}
	s.Fail("sendMessage", 1, Fault{RetryAfter: 7})
	var tooMany *bot.TooManyRequestsError
	if err := send(); !errors.As(err, &tooMany) || tooMany.RetryAfter != 7 {
		t.Errorf("429: %v", err)
	}
	s.Fail("sendMessage", 1, Fault{Body: "<html><h1>502 Bad Gateway</h1></html>"})
	if err := send(); err == nil || !strings.Contains(err.Error(), "decode") {
		t.Errorf("502: %v", err)
	}
	s.Fail("sendMessage", 1, Fault{Reset: true, Apply: true})
	if err := send(); err == nil {
		t.Error("a reset went unnoticed")
	}
	if n := len(s.Messages(ana.ID)); n != 1 {
		t.Errorf("%d messages, want the one whose answer was lost", n)
	}
	group := s.Group("Team")
	bigger := group.Upgrade()
	_, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: group.ID, Text: "x"})
	var migrated *bot.MigrateError
	if !errors.As(err, &migrated) || int64(migrated.MigrateToChatID) != bigger.ID {
		t.Errorf("to an upgraded group: %v", err)
	}
	if err := send(); err != nil {
		t.Errorf("after the faults: %v", err)
	}
	client := http.Client{Timeout: 50 * time.Millisecond}
	s.Fail("getMe", 1, Fault{Hang: time.Minute})
	if resp, err := client.Get(s.URL + "/bot" + s.Token + "/getMe"); err == nil {
		resp.Body.Close()
		t.Error("a hang was answered")
	}
}

func TestLibraryUpdates(t *testing.T) {
	s := New(t)
	got := make(chan *models.Update, 16)
	b, err := bot.New(s.Token, bot.WithServerURL(s.URL), bot.WithDefaultHandler(func(_ context.Context, _ *bot.Bot, u *models.Update) {
		got <- u
	}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	go func() { defer close(stopped); b.Start(ctx) }()
	defer func() { cancel(); <-stopped }()

	next := func() *models.Update {
		t.Helper()
		select {
		case u := <-got:
			return u
		case <-time.After(5 * time.Second):
			t.Fatal("no update\n" + s.Dump())
			return nil
		}
	}
	ana := s.User("Ana", "vi")
	forum := s.Supergroup("Forum", 7)
	first := ana.WritesIn(forum, "đây /ask@report_test_bot 😀 @someone https://example.com/x.", InTopic(7))
	u := next()
	if u.ID != first.UpdateID || u.Message == nil || u.Message.From.LanguageCode != "vi" || u.Message.MessageThreadID != 7 ||
		!u.Message.IsTopicMessage || !u.Message.Chat.IsForum || u.Message.Chat.Type != models.ChatTypeSupergroup {
		t.Errorf("update = %+v", u)
	}
	var parts []string
	for _, e := range u.Message.Entities {
		parts = append(parts, string(e.Type)+"="+Entity{Offset: e.Offset, Length: e.Length}.In(u.Message.Text))
	}
	if want := []string{"bot_command=/ask@report_test_bot", "mention=@someone", "url=https://example.com/x"}; !slices.Equal(parts, want) {
		t.Errorf("entities = %q, want %q", parts, want)
	}

	sent, err := b.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: forum.ID, MessageThreadID: 7, Text: "Pick", ReplyParameters: &models.ReplyParameters{MessageID: first.ID},
		ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "A", CallbackData: "a"}}}},
	})
	if err != nil || sent.MessageThreadID != 7 {
		t.Fatalf("sent = %+v, %v", sent, err)
	}
	answer := s.WaitReply(time.Second, first)
	id := ana.Presses(answer, "a")
	u = next()
	if u.CallbackQuery == nil || u.CallbackQuery.ID != id || u.CallbackQuery.Message.Message.ID != sent.ID || u.CallbackQuery.Data != "a" {
		t.Errorf("update = %+v", u)
	}
	if ok, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: id}); err != nil || !ok || !s.Answered(id) {
		t.Errorf("answerCallbackQuery = %v, %v", ok, err)
	}
	if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: id}); err == nil {
		t.Error("a query was answered twice")
	}
	ana.WritesIn(forum, "thanks", ReplyTo(answer))
	if u = next(); u.Message.ReplyToMessage == nil || u.Message.ReplyToMessage.From.ID != s.Me.ID || u.Message.MessageThreadID != 7 {
		t.Errorf("update = %+v", u)
	}
	ana.Edits(first, "/ask else")
	if u = next(); u.EditedMessage == nil || u.EditedMessage.Text != "/ask else" || u.EditedMessage.EditDate == 0 {
		t.Errorf("update = %+v", u)
	}
	ana.WritesIn(forum, "psst", Anonymously())
	if u = next(); u.Message.From.ID != 1087968824 || u.Message.SenderChat == nil || u.Message.SenderChat.ID != forum.ID {
		t.Errorf("update = %+v", u)
	}
	ana.RemovesBot(forum)
	if u = next(); u.MyChatMember == nil || u.MyChatMember.NewChatMember.Type != models.ChatMemberTypeBanned {
		t.Errorf("update = %+v", u)
	}
	query := ana.AsksInline("why", "")
	if u = next(); u.InlineQuery == nil || u.InlineQuery.ID != query || u.InlineQuery.Query != "why" {
		t.Errorf("update = %+v", u)
	}
	if ok, err := b.AnswerInlineQuery(ctx, &bot.AnswerInlineQueryParams{InlineQueryID: query, Results: []models.InlineQueryResult{
		&models.InlineQueryResultArticle{ID: "1", Title: "Because", InputMessageContent: models.InputTextMessageContent{
			MessageText: "<b>x</b>", ParseMode: models.ParseModeHTML,
		}},
	}}); err != nil || !ok {
		t.Errorf("answerInlineQuery = %v, %v", ok, err)
	}
	ana.SendsDocument(ana.Chat(), Document{Name: "report.txt", MIME: "text/plain", Data: []byte("text")}, Caption("new"))
	u = next()
	if u.Message.Document == nil || u.Message.Document.FileName != "report.txt" || u.Message.Caption != "new" {
		t.Fatalf("update = %+v", u)
	}
	file, err := b.GetFile(ctx, &bot.GetFileParams{FileID: u.Message.Document.FileID})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(b.FileDownloadLink(file))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.ContentLength != 4 {
		t.Errorf("download: %s, %d bytes", resp.Status, resp.ContentLength)
	}
}
