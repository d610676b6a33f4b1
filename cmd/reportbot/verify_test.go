package main

import (
	"strings"
	"testing"
)

const verifyShape = `{"text": "", "lang": "", "mode": "", "notice": "",
	"statements": [{"text": "", "verdict": "", "by": "", "why": "", "source": "", "footnotes": [0], "paragraph": 0}],
	"left_out": 0, "unchecked": 0,
	"footnotes": [{"n": 0, "links": [{"url": "", "site": ""}]}],
	"usage": {"prompt_tokens": 0, "completion_tokens": 0, "calls": 0},
	"took_ms": {"total": 0, "retrieval": 0, "model": 0}}`

func TestVerifyChecksEachSentence(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.env["REPORT"] = p.file("bridges.txt", bridges)
	out := p.must("verify", "Cầu Bạch Yến dài 1.300 mét.", "Đúng không?")
	for _, want := range []string{"❌ Cầu Bạch Yến dài 1.300 mét.\nBáo cáo nói khác: “", "1.200 mét", "[1]", "Bỏ qua 1 câu", "Nguồn:", "https://example.org/bach-yen"} {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
	out = p.must("verify", "--json", "Cầu Bạch Yến dài 1.300 mét.")
	mustHaveShape(t, out, verifyShape)
	got := decode[struct {
		Lang, Mode string
		Statements []struct {
			Verdict, By, Source string
			Footnotes           []int
		}
	}](t, out)[0]
	if got.Lang != "vi" || got.Mode != "extractive" || len(got.Statements) != 1 {
		t.Fatalf("got %+v", got)
	}
	if s := got.Statements[0]; s.Verdict != "contradicts" || s.By != "rules" || !strings.Contains(bridges, s.Source) {
		t.Errorf("got %+v", s)
	}
	if r := p.run("verify", " "); r.status != 2 || !strings.Contains(r.err, "TEXT is blank") {
		t.Errorf("a blank text: exit status %d, %q", r.status, r.err)
	}
}
