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
		{name: "refused within a line is text", reply: "NOT_IN_REPORT is a word [S1]", claims: []Claim{{"NOT_IN_REPORT is a word", []int{1}}}},
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
			if strings.TrimSpace(claim.Text) != claim.Text || claim.Text == "" || strings.ContainsAny(claim.Text, "\n") || citations.MatchString(claim.Text) {
				t.Fatalf("%q: the claim %q", reply, claim.Text)
			}
		}
	})
}
