package answer_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
	"reportbot/retrieval"
	"reportbot/store/text"
)

func TestClaimsOfAReply(t *testing.T) {
	const (
		length = lengthSentence + " {1.240 mét}"
		lanes  = lanesSentence + " {bốn làn xe}"
	)
	for _, test := range []struct {
		name, reply string
		claims      []string // text and footnotes
		footnotes   string
		rejected    string // by which rules
	}{
		{name: "quotations carry exactly the footnotes of what they cite",
			reply: length + "\n" + lanes, claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3]"}, footnotes: "[1 2 3]"},
		{name: "the sentence before a footnote does not borrow it",
			reply: nameSentence + " {gọi nó là cầu Mây}", claims: []string{nameSentence + " []"}, footnotes: "[]"},
		{name: "a claim on two sentences has the footnotes of both, in the order cited",
			reply: lanesSentence + " {bốn làn xe}{1.240 mét}", claims: []string{lanesSentence + " [2 3 1]"}, footnotes: "[1 2 3]"},
		{name: "the same sentence cited twice counts once",
			reply: lengthSentence + " {1.240 mét}{1.240 mét}", claims: []string{lengthSentence + " [1]"}, footnotes: "[1]"},
		{name: "a footnote that two sentences share, marked once",
			reply: "Lễ hợp long có 2.500 người dự. {2.500 người}{nhịp giữa}", claims: []string{"Lễ hợp long có 2.500 người dự. [12]"}, footnotes: "[12]"},
		{name: "a footnote that two claims mark, listed once",
			reply: length + "\n" + lanesSentence + " {bốn làn xe}{1.240 mét}", claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3 1]"}, footnotes: "[1 2 3]"},
		{name: "a marker without a note is kept by its number",
			reply: scaleSentence + " {Trạm cân}", claims: []string{scaleSentence + " [13 20]"}, footnotes: "[13 20]"},
		{name: "an id that was not in the prompt, among others, is passed over",
			reply: lengthSentence + " {1.240 mét}[S99]", claims: []string{lengthSentence + " [1]"}, footnotes: "[1]"},
		{name: "a number in another spelling",
			reply: "Cầu Sông Mây dài 1,240 mét và nối hai bờ huyện Thạch Lâm. {1.240 mét}", claims: []string{"Cầu Sông Mây dài 1,240 mét và nối hai bờ huyện Thạch Lâm. [1]"}, footnotes: "[1]"},
		{name: "a year that the sentence inherits from its entry",
			reply: "Ngày 14 tháng 2 năm 2020: " + workersSentence + " {180 công nhân}", claims: []string{"Ngày 14 tháng 2 năm 2020: " + workersSentence + " [10 11]"}, footnotes: "[10 11]"},
		{name: "list marks, a full stop after the citation, thoughts",
			reply: "<think>Hmm, 999?</think>- " + length + ".\n2. " + lanes, claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3]"}, footnotes: "[1 2 3]"},

		{name: "a claim without a citation is given the sentence that bears it out",
			reply: costSentence, claims: []string{costSentence + " [5]"}, footnotes: "[5]"},

		{name: "NOT_IN_REPORT beside a claim that passes says nothing",
			reply: length + "\nNOT_IN_REPORT", claims: []string{lengthSentence + " [1]"}, footnotes: "[1]"},
		{name: "an id that was not in the prompt",
			reply: length + "\nTrên cầu có một đàn voi. [S99]", claims: []string{lengthSentence + " [1]"}, footnotes: "[1]", rejected: "citation"},
		{name: "no citation",
			reply: "Đây là câu trả lời của tôi.\n" + length, claims: []string{lengthSentence + " [1]"}, footnotes: "[1]", rejected: "citation"},
		{name: "a number that the cited sentence has not",
			reply: length + "\n" + strings.Replace(costSentence, "865", "856", 1) + " {865 tỷ}", claims: []string{lengthSentence + " [1]", costSentence + " [5]"}, footnotes: "[1 5]", rejected: "number"},
		{name: "a number that only another sentence has",
			reply: length + "\n" + strings.Replace(costSentence, "865", "300", 1) + " {865 tỷ}", claims: []string{lengthSentence + " [1]", costSentence + " [5]"}, footnotes: "[1 5]", rejected: "meaning"},
		{name: "a year that is not the entry's",
			reply: length + "\nNgày 14 tháng 2 năm 2021: " + workersSentence + " {180 công nhân}", claims: []string{lengthSentence + " [1]", "Ngày 14 tháng 2: " + workersSentence + " [10 11]"}, footnotes: "[1 10 11]", rejected: "date"},
		{name: "a link of the model's own",
			reply: length + "\n" + lanesSentence + " https://example.org/ {bốn làn xe}", claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3]"}, footnotes: "[1 2 3]", rejected: "markup"},
		{name: "a link without a scheme",
			reply: length + "\n" + lanesSentence + " www.example.org {bốn làn xe}", claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3]"}, footnotes: "[1 2 3]", rejected: "markup"},
		{name: "bold type is taken off",
			reply: length + "\n**Mặt cầu** có bốn làn xe. {bốn làn xe}", claims: []string{lengthSentence + " [1]", "Mặt cầu có bốn làn xe. [2 3]"}, footnotes: "[1 2 3]"},
		{name: "HTML",
			reply: length + "\n<b>Mặt cầu</b> có bốn làn xe. {bốn làn xe}", claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3]"}, footnotes: "[1 2 3]", rejected: "markup"},
		{name: "a footnote of the model's own",
			reply: length + "\nMặt cầu có bốn làn xe [2]. {bốn làn xe}", claims: []string{lengthSentence + " [1]", lanesSentence + " [2 3]"}, footnotes: "[1 2 3]", rejected: "markup"},
		{name: "a claim that was made already",
			reply: length + "\n" + length, claims: []string{lengthSentence + " [1]"}, footnotes: "[1]", rejected: "citation"},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Handle(saying(t, test.reply))
			got := ask(t, answererOn(t, srv), lengthQuestion)
			if got.Status != answer.Answered || got.Mode != answer.ByModel || got.Notice != answer.NoNotice || got.Cause != nil {
				t.Errorf("status %q, mode %q, notice %q, cause %v", got.Status, got.Mode, got.Notice, got.Cause)
			}
			if want := strings.Join(test.claims, "\n"); claims(got) != want {
				t.Errorf("claims\n got %s\nwant %s", claims(got), want)
			}
			if footnotes(got) != test.footnotes {
				t.Errorf("footnotes %s, want %s", footnotes(got), test.footnotes)
			}
			if rejected(got) != test.rejected {
				t.Errorf("rejected by %q, want %q: %+v", rejected(got), test.rejected, got.Rejected)
			}
		})
	}
}

func TestVerbatimSourcesPassWithTheirFootnotes(t *testing.T) {
	srv := modeltest.New(t)
	srv.Handle(modeltest.Echo(100))
	got := ask(t, answererOn(t, srv), lengthQuestion)
	if len(got.Claims) != 13 || len(got.Rejected) > 0 {
		t.Fatalf("%d claims of 13 passed, rejected: %+v", len(got.Claims), got.Rejected)
	}
	for _, c := range got.Claims {
		if !slices.Equal(c.Sources, []string{c.Text}) {
			t.Errorf("%q has the sources %q", c.Text, c.Sources)
		}
	}
	if want := "[1 2 3 4 5 6 7 8 9 10 11 12 13 20]"; footnotes(got) != want {
		t.Errorf("footnotes %s, want %s", footnotes(got), want)
	}
	second := got.Footnotes[1]
	if len(second.Links) != 3 || second.Links[0].URL != "https://www.thach-lam.example.org/lan-xe" {
		t.Errorf("footnote 2 has the links %+v", second.Links)
	}
	if last := got.Footnotes[13]; len(last.Links) != 0 || last.Raw != "" {
		t.Errorf("footnote 20, which the report has not, is %+v", last)
	}
}

func TestNotInReportReplies(t *testing.T) {
	for _, test := range []struct{ name, reply, rejected string }{
		{"NOT_IN_REPORT alone", "NOT_IN_REPORT", ""},
		{"with a full stop and quotation marks", `"NOT_IN_REPORT".`, ""},
		{"behind a claim that does not pass", "Trên cầu có một đàn voi. [S99]\nNOT_IN_REPORT", "citation"},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t, modeltest.Text(test.reply))
			got := ask(t, answererOn(t, srv), lengthQuestion)
			if got.Status != answer.NotInReport || got.Mode != answer.ByModel || got.Notice != answer.NoNotice {
				t.Errorf("status %q, mode %q, notice %q", got.Status, got.Mode, got.Notice)
			}
			if len(got.Claims) > 0 || len(got.Footnotes) > 0 {
				t.Errorf("claims %q, footnotes %s", claims(got), footnotes(got))
			}
			if rejected(got) != test.rejected {
				t.Errorf("rejected by %q, want %q", rejected(got), test.rejected)
			}
		})
	}
}

func TestWithoutPassingClaimsTheNearestSentencesAreQuoted(t *testing.T) {
	for _, test := range []struct{ name, reply, rejected string }{
		{"nothing is supported", "Trên cầu có một đàn voi. [S99]\nCầu dài 1.250 mét.\n<i>Cầu</i>", "citation citation markup"},
		{"nothing is said", "", ""},
		{"a citation alone is said", "[S1]", ""},
		{"thoughts alone", "<think>" + lengthSentence + " {1.240 mét}</think>", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Handle(saying(t, test.reply))
			got := ask(t, answererOn(t, srv), lengthQuestion)
			if got.Status != answer.Passages || got.Mode != answer.Extractive || got.Notice != answer.NothingSupported {
				t.Errorf("status %q, mode %q, notice %q", got.Status, got.Mode, got.Notice)
			}
			if !strings.Contains(claims(got), lengthSentence+" [1]") {
				t.Errorf("the nearest sentence is not among %q", claims(got))
			}
			if rejected(got) != test.rejected {
				t.Errorf("rejected by %q, want %q", rejected(got), test.rejected)
			}
			for _, r := range got.Rejected {
				if r.Text == "" || r.Detail == "" {
					t.Errorf("a rejected claim without text or detail: %+v", r)
				}
			}
		})
	}
}

func TestWithoutAReportThereIsNoAnswer(t *testing.T) {
	s := emptyStore(t)
	for _, model := range []answer.Model{nil, model.New(model.Config{URL: modeltest.New(t).URL})} {
		got, err := answer.New(s, retrieval.New(s), model).Ask(t.Context(), answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}, nil)
		if !errors.Is(err, answer.ErrNoReport) || got != nil {
			t.Errorf("got %+v, %v, want ErrNoReport", got, err)
		}
	}
}

func TestStoreErrorsAreReturned(t *testing.T) {
	s := emptyStore(t)
	a := answer.New(s, retrieval.New(s), nil)
	s.Close()
	got, err := a.Ask(t.Context(), answer.Request{Question: lengthQuestion, Fallback: text.Vietnamese}, nil)
	if err == nil || errors.Is(err, answer.ErrNoReport) || got != nil {
		t.Errorf("got %+v, %v, want the store's error", got, err)
	}
}
