package prompts

import (
	"reflect"
	"strings"
	"testing"
)

func TestReplyGrammar(t *testing.T) {
	for _, test := range []struct {
		name    string
		reply   string
		cut     bool
		claims  []Claim
		refused bool
	}{
		{name: "a line is a claim", reply: "A sent troops. [S1]\nB denied it [S2][S3]",
			claims: []Claim{{"A sent troops.", []int{1}}, {"B denied it", []int{2, 3}}}},
		{name: "citations in one group", reply: "A [S3, S7].", claims: []Claim{{"A", []int{3, 7}}}},
		{name: "groups parted by a comma", reply: "A [S3], [S7]", claims: []Claim{{"A", []int{3, 7}}}},
		{name: "list marks", reply: "- A [S1]\n* B [S2]\n3. C [S3]\n• D [S4]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}, {"D", []int{4}}}},
		{name: "a number is no list mark", reply: "12.000 quân [S1]", claims: []Claim{{"12.000 quân", []int{1}}}},
		{name: "a citation in mid-line ends a claim", reply: "A [S1]. B [S2] and C",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"and C", nil}}},
		{name: "no citation", reply: "A\n\nB [S1]", claims: []Claim{{"A", nil}, {"B", []int{1}}}},
		{name: "a citation alone claims nothing", reply: "[S1]\nA [S2]", claims: []Claim{{"A", []int{2}}}},
		{name: "the same citation twice", reply: "A [S1][S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "a footnote's marker is text", reply: "A [12] [S1]", claims: []Claim{{"A [12]", []int{1}}}},
		{name: "thoughts", reply: "<think>B [S9]\n</think>A [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "thoughts without an opening tag", reply: "B is</think>A [S1]", claims: []Claim{{"B is", nil}, {"A", []int{1}}}},
		{name: "thoughts that never end", reply: "<think>A [S1]\nB [S2]", claims: nil},
		{name: "code fences", reply: "```\nA [S1]\n```", claims: []Claim{{"A", []int{1}}}},
		{name: "refused", reply: "NOT_IN_REPORT", refused: true},
		{name: "refused, with a full stop", reply: "NOT_IN_REPORT.\n", refused: true},
		{name: "refused, in brackets and bold", reply: "**[NOT_IN_REPORT]**", refused: true},
		{name: "refused, with an explanation", reply: "NOT_IN_REPORT: the sentences only say when. [S1]\nIt is not there.", refused: true,
			claims: []Claim{{"It is not there.", nil}}},
		{name: "refused, in other letters", reply: "Not in report.", refused: true},
		{name: "refused, with a special token", reply: "NOT_IN_REPORT<|im_end|>", refused: true},

		{name: "other brackets", reply: "A (S3)\nB 【S4】\nC ［S5］\nD （S6）", claims: []Claim{{"A", []int{3}}, {"B", []int{4}}, {"C", []int{5}}, {"D", []int{6}}}},
		{name: "a small letter, and none", reply: "A [s3]\nB [4]\nC [5, 6]", claims: []Claim{{"A", []int{3}}, {"B", []int{4}}, {"C", []int{5, 6}}}},
		{name: "full-width digits", reply: "A [S１２]", claims: []Claim{{"A", []int{12}}}},
		{name: "a range", reply: "A [S3-S5]\nB [S3–5]\nC [S3 đến S5]", claims: []Claim{{"A", []int{3, 4, 5}}, {"B", []int{3, 4, 5}}, {"C", []int{3, 4, 5}}}},
		{name: "and", reply: "A [S3 và S7]\nB [S3 and S7]\nC [S3] và [S7]", claims: []Claim{{"A", []int{3, 7}}, {"B", []int{3, 7}}, {"C", []int{3, 7}}}},
		{name: "a word before it", reply: "A [Nguồn: S3]\nB (source: S4, S5)", claims: []Claim{{"A", []int{3}}, {"B", []int{4, 5}}}},
		{name: "bold, escaped, in a superscript, a link", reply: "A **[S1]**\nB \\[S2\\]\nC<sup>[S3]</sup>\nD <sup>S4</sup>\nE [S5](#s5)",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}, {"D", []int{4}}, {"E", []int{5}}}},
		{name: "on a line of its own", reply: "A\n[S1]\nB\n(S2, S3)", claims: []Claim{{"A", []int{1}}, {"B", []int{2, 3}}}},
		{name: "ahead of the text", reply: "[S1] A.\n[S2] B. [S3] C.", claims: []Claim{{"A.", []int{1}}, {"B.", []int{2}}, {"C.", []int{3}}}},
		{name: "emphasis is taken off", reply: "The **Sông Mây** bridge is *1,240 m* long. [S1]\n__B__ `c` [S2]",
			claims: []Claim{{"The Sông Mây bridge is 1,240 m long.", []int{1}}, {"B c", []int{2}}}},
		{name: "a table", reply: "| lot | ships |\n|---|---|\n| 1 | six [S1] |", claims: []Claim{{"lot, ships", nil}, {"1, six", []int{1}}}},
		{name: "JSON", reply: "{\n\"claims\": [\n{\"text\": \"A is B\",\n\"sources\": [\"S1\", \"S2\"]}\n]\n}", claims: []Claim{{"A is B", []int{1, 2}}}},
		{name: "headings and role words", reply: "assistant\n## Answer\nA [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "a role before the text", reply: "Trả lời: A [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "special tokens", reply: "<|im_start|>assistant\nA [S1]<|im_end|>\n</s>B [S2]<end_of_turn>", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}}},
		{name: "other thoughts", reply: "<thought>x [S9]</thought>A [S1]\n[THINK]y\nz[/THINK]B [S2]\n◁think▷w◁/think▷C [S3]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}}},
		{name: "channels", reply: "<|channel|>analysis<|message|>x [S9]<|end|><|start|>assistant<|channel|>final<|message|>A [S1]<|return|>",
			claims: []Claim{{"A", []int{1}}}},
		{name: "cut off", reply: "A [S1]\nB [S2]", cut: true, claims: []Claim{{"A", []int{1}}}},
		{name: "empty", reply: ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for size := 1; size <= len(test.reply)+1; size++ {
				var r Reader
				var claims []Claim
				for rest := test.reply; rest != ""; {
					piece := rest[:min(size, len(rest))]
					rest = rest[len(piece):]
					claims = append(claims, r.Write(piece)...)
				}
				claims = append(claims, r.Close(!test.cut)...)
				if !reflect.DeepEqual(claims, test.claims) || r.Refused() != test.refused {
					t.Fatalf("in pieces of %d bytes:\n got %+v, refused %v\nwant %+v, refused %v", size, claims, r.Refused(), test.claims, test.refused)
				}
			}
		})
	}
}

func FuzzReplyReadsTheSameInPieces(f *testing.F) {
	f.Add("A [S1]. B [S2] and <think>x</think>C\n```\nNOT_IN_REPORT", 3)
	f.Fuzz(func(t *testing.T, reply string, size int) {
		var whole, pieces Reader
		want := append(whole.Write(reply), whole.Close(true)...)
		var got []Claim
		size = 1 + (size&0xff)%17
		for rest := reply; rest != ""; {
			piece := rest[:min(size, len(rest))]
			rest = rest[len(piece):]
			got = append(got, pieces.Write(piece)...)
		}
		got = append(got, pieces.Close(true)...)
		if !reflect.DeepEqual(got, want) || whole.Refused() != pieces.Refused() {
			t.Fatalf("%q in pieces of %d: %+v, whole %+v", reply, size, got, want)
		}
		for _, claim := range got {
			if strings.TrimSpace(claim.Text) != claim.Text || claim.Text == "" || strings.ContainsAny(claim.Text, "\n") || standing.MatchString(claim.Text) {
				t.Fatalf("%q: the claim %q", reply, claim.Text)
			}
		}
	})
}
