package bot

import (
	"testing"

	"reportbot/bot/answer"
	"reportbot/retrieval"
	"reportbot/store/text"
)

func TestACheckedMessageIsNotAskedAnew(t *testing.T) {
	s := openStore(t, bridge)
	b := newBot(s)
	asker := &listening{Answerer: answer.New(s, retrieval.New(s), nil)}
	b.asker = asker
	answerTo(t, b, private("/verify Cầu Sông Mây dài 1.240 mét. Tổng kinh phí là 900 tỷ đồng."), 10)
	got := answerTo(t, b, private("ngắn gọn hơn"), 11).Plain()
	if want := say(text.Vietnamese, "bot_settings"); got != want || len(asker.requests) > 0 {
		t.Errorf("got %q, want %q; asked %+v", got, want, asker.requests)
	}
}
