package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func offer(t *testing.T, b *Bot, q Query) InlineResults {
	t.Helper()
	var offers []InlineResults
	if err := b.Inline(t.Context(), q, func(o InlineResults) { offers = append(offers, o) }); err != nil || len(offers) != 1 {
		t.Fatalf("%+v is offered %+v, %v", q, offers, err)
	}
	return offers[0]
}

func TestInlinePassagesHaveTheirFootnotes(t *testing.T) {
	b := newBot(openStore(t, bridge))
	o := offer(t, b, Query{Sender: Sender{ID: 8}, Text: "Tổng kinh phí là bao nhiêu?"})
	first := o.Results[0]
	want := "*Kinh phí xây cầu*\n*Tổng kinh phí là 865 tỷ đồng, cao hơn dự toán 12%.* [5]<https://kiem-toan.example.com/2022/tong-ket> " +
		"Tỉnh góp 300 tỷ đồng, phần còn lại là vốn vay của quỹ Bình Minh. [6]<https://cau-duong.example.com/von-vay> \n" +
		"[5] kiem-toan.example.com<https://kiem-toan.example.com/2022/tong-ket>\n[6] cau-duong.example.com<https://cau-duong.example.com/von-vay>"
	if got := show(first.Message); got != want {
		t.Errorf("the first says\n%s\nwant\n%s", got, want)
	}
	if first.Title != "Kinh phí xây cầu" || !strings.HasPrefix(first.Description, "Tổng kinh phí") ||
		fmt.Sprint(first.Message.Buttons) != "[[{📖 Đọc tiếp  https://t.me/report_test_bot?start=passage_1_3 }]]" {
		t.Errorf("the first is %+v", first)
	}
	ids := map[string]bool{}
	for _, r := range o.Results {
		if len(r.ID) == 0 || len(r.ID) > 64 || ids[r.ID] || r.Title == "" || r.Message.Plain() == "" {
			t.Errorf("a result that can't be: %+v", r)
		}
		ids[r.ID] = true
	}
	if again := offer(t, b, Query{Sender: Sender{ID: 9}, Text: " Tổng kinh phí  là bao nhiêu?"}); again.Results[0].ID != first.ID || again.Payload != o.Payload {
		t.Errorf("asked again it is %s with %s, not %s with %s", again.Results[0].ID, again.Payload, first.ID, o.Payload)
	}
	if len(o.Payload) > 64 || o.Button == "" {
		t.Errorf("the button is %q with %q", o.Button, o.Payload)
	}
	if said := ask(t, b, private("/start "+o.Payload)); !strings.Contains(said, "865 tỷ đồng") {
		t.Errorf("the button leads to %q", said)
	}
}

func TestAnEmptyInlineQueryListsTheSections(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, text := range []string{"", "  ", "?", "😀"} {
		o := offer(t, b, Query{Sender: Sender{ID: 8}, Client: "en", Text: text})
		if len(o.Results) != 4 || o.Results[1].Title != "Kinh phí xây cầu" || o.Button != "Open the chat with me" {
			t.Errorf("%q is offered %+v", text, o)
		}
	}
	if said := ask(t, b, private("/start inline")); !strings.HasPrefix(said, "Chào bạn.") {
		t.Errorf("the button leads to %q", said)
	}
}

func TestInlineIsForPeopleWhosePrivateChatIsAllowed(t *testing.T) {
	b := newBot(openStore(t, bridge))
	b.admins, b.allowed = []int64{7}, []int64{-100, 8}
	for id, want := range map[int64]bool{7: true, 8: true, 9: false, 0: false} {
		o := offer(t, b, Query{Sender: Sender{ID: id}, Text: "cầu dài bao nhiêu"})
		if offered := len(o.Results) > 0; offered != want || offered != (o.Button != "") {
			t.Errorf("%d is offered %+v", id, o)
		}
	}
}

// The goal is 50 ms; here it is held with room for a busy machine.
func TestInlineIsQuick(t *testing.T) {
	b := newBot(openStore(t, bridge))
	offer(t, b, Query{Sender: Sender{ID: 8}, Text: "cầu dài"}) // what is read once
	begun := time.Now()
	const times = 20
	for n := range times {
		offer(t, b, Query{Sender: Sender{ID: 8}, Text: fmt.Sprintf("Tổng kinh phí là bao nhiêu %d?", n)})
	}
	if took := time.Since(begun) / times; took > 50*time.Millisecond {
		t.Errorf("a query takes %s", took)
	} else {
		t.Logf("a query takes %s", took)
	}
}
