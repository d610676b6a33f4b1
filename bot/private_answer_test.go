package bot

import (
	"slices"
	"strings"
	"testing"
)

func TestAPrivateAnswerToAGroupQuestionIsInThePrivateChat(t *testing.T) {
	b := newBot(openStore(t, bridge))
	m := answerTo(t, b, inGroup("/q "+lengthQuestion), 1)
	payload, linked := strings.CutPrefix(m.Buttons[0][0].Link, "https://t.me/report_test_bot?start=")
	if !linked || strings.Contains(m.Plain(), "1.240") || len(payload) > 64 {
		t.Fatalf("the group is shown %+v", m)
	}
	in := Incoming{Chat: "8", Thread: "8", Private: true, Sender: Sender{ID: 8}, Text: "/start " + payload}
	answered := answerTo(t, b, in, 5)
	last := answered.Buttons[len(answered.Buttons)-1]
	share := last[len(last)-1]
	if !strings.Contains(answered.Plain(), "dài 1.240 mét") || share.Query == "" {
		t.Fatalf("in private it says %+v", answered)
	}
	shared := offer(t, b, Query{Sender: Sender{ID: 8}, Text: share.Query})
	if len(shared.Results) != 1 || shared.Button != "" {
		t.Fatalf("shared is %+v", shared)
	}
	said := show(shared.Results[0].Message)
	for _, want := range []string{"*" + lengthQuestion + "*\n", "dài 1.240 mét", "[1] cau-duong.example.com<https://cau-duong.example.com/song-may/chieu-dai>"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in what is shared: %s", want, said)
		}
	}
	for _, test := range []struct {
		name string
		q    Query
	}{
		{"somebody else", Query{Sender: Sender{ID: 9}, Text: share.Query}},
		{"no answer", Query{Sender: Sender{ID: 8}, Text: "#999"}},
		{"no number", Query{Sender: Sender{ID: 8}, Text: "#99999999999999999999"}},
	} {
		if o := offer(t, b, test.q); slices.ContainsFunc(o.Results, func(r Result) bool { return strings.HasPrefix(r.ID, "a") }) {
			t.Errorf("%s is offered %+v", test.name, o)
		}
	}
}

func TestAskPrivatelyWithoutAQuestionOrInPrivate(t *testing.T) {
	b := newBot(openStore(t, bridge))
	for _, test := range []struct {
		in   Incoming
		want string
	}{
		{inGroup("/q"), "Hãy viết câu hỏi sau lệnh"},
		{inGroup("/q ?!"), "Hãy viết câu hỏi sau lệnh"},
		{private("/q " + lengthQuestion), "dài 1.240 mét"},
	} {
		if said := ask(t, b, test.in); !strings.Contains(said, test.want) {
			t.Errorf("%q: said %q", test.in.Text, said)
		}
	}
	setting(t, b, "asking:admins")
	if said := ask(t, b, inGroup("/q "+lengthQuestion)); !strings.HasPrefix(said, "Trong nhóm này chỉ quản trị viên được hỏi.") {
		t.Errorf("who may not ask is told %q", said)
	}
}
