package prompts

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestReplyGrammar(t *testing.T) {
	for _, test := range []struct {
		name   string
		reply  string
		cut    bool
		claims []Claim
		absent bool // NOT_IN_REPORT
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
		{name: "thoughts without an opening tag", reply: "NOT_IN_REPORT? B [S2]\nis</think>A [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "thoughts by other names", reply: "<thought_process>B [S2]</thought_process>A [S1]\n<antThinking>B [S2]</antThinking>C [S3]\n<seed:think>B [S2]<seed:cot_budget_reflect>x</seed:cot_budget_reflect>D [S4]</seed:think>E [S5]",
			claims: []Claim{{"A", []int{1}}, {"C", []int{3}}, {"E", []int{5}}}},
		{name: "a tag with an attribute, with spaces, and one that holds nothing", reply: "<think type=\"deep\">B [S2]</think>A [S1]\n< think >B [S2]< / think >C [S3]\n<think/>D [S4]",
			claims: []Claim{{"A", []int{1}}, {"C", []int{3}}, {"D", []int{4}}}},
		{name: "thoughts in thoughts", reply: "<think>B [S2]\n<think>C [S3]</think>D [S4]\n</think>A [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "thoughts in a fence", reply: "```thinking\nB [S2]\n```\nA [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "thoughts in a fence that never ends", reply: "```think\nB [S2] C [S3]\nD [S4]", claims: nil},
		{name: "labelled thoughts", reply: "**Suy nghĩ:** B [S2] C [S3]\nNOT_IN_REPORT?\n**Trả lời:** A [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "labelled, in English", reply: "Here is my thought process:\nB [S2]\nHere is my response:\nA [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "a label that no answer follows", reply: "Thinking: B [S2]\nA [S1]", claims: []Claim{{"Thinking: B", []int{2}}, {"A", []int{1}}}},
		{name: "channels of which only the names are left", reply: "analysisThe user asks. B [S2]\nassistantfinalA [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "the same on lines of their own", reply: "analysis\nĐể xem. B [S2]\nassistantfinal\nA [S1]", claims: []Claim{{"A", []int{1}}}},
		{name: "an answer that begins like a channel", reply: "analysis of A [S1]", claims: []Claim{{"analysis of A", []int{1}}}},
		{name: "thoughts that never end", reply: "<think>A [S1]\nB [S2]", claims: nil},
		{name: "code fences", reply: "```\nA [S1]\n```", claims: []Claim{{"A", []int{1}}}},
		{name: "not in report", reply: "NOT_IN_REPORT", absent: true},
		{name: "not in report, with a full stop", reply: "NOT_IN_REPORT.\n", absent: true},
		{name: "not in report, in brackets and bold", reply: "**[NOT_IN_REPORT]**", absent: true},
		{name: "not in report, with an explanation", reply: "NOT_IN_REPORT: the sentences only say when. [S1]\nIt is not there.", absent: true,
			claims: []Claim{{"It is not there.", nil}}},
		{name: "not in report, in other letters", reply: "Not in report.", absent: true},
		{name: "not in report, with a special token", reply: "NOT_IN_REPORT<|im_end|>", absent: true},

		{name: "other brackets", reply: "A (S3)\nB 【S4】\nC ［S5］\nD （S6）", claims: []Claim{{"A", []int{3}}, {"B", []int{4}}, {"C", []int{5}}, {"D", []int{6}}}},
		{name: "a small letter, and none", reply: "A [s3]\nB [4]\nC [5, 6]", claims: []Claim{{"A", []int{3}}, {"B", []int{4}}, {"C", []int{5, 6}}}},
		{name: "full-width digits", reply: "A [S１２]", claims: []Claim{{"A", []int{12}}}},
		{name: "a range", reply: "A [S3-S5]\nB [S3–5]\nC [S3 đến S5]", claims: []Claim{{"A", []int{3, 4, 5}}, {"B", []int{3, 4, 5}}, {"C", []int{3, 4, 5}}}},
		{name: "and", reply: "A [S3 và S7]\nB [S3 and S7]\nC [S3] và [S7]", claims: []Claim{{"A", []int{3, 7}}, {"B", []int{3, 7}}, {"C", []int{3, 7}}}},
		{name: "a word before it", reply: "A [Nguồn: S3]\nB (source: S4, S5)", claims: []Claim{{"A", []int{3}}, {"B", []int{4, 5}}}},
		{name: "a word before it, without brackets", reply: "A. Nguồn: [S1]\nB\n\n**Nguồn:** [S2], [S3]\nTheo [S4], C\nD[^1]\n[^1]: [S5]\n… [S6]",
			claims: []Claim{{"A.", []int{1}}, {"B", []int{2, 3}}, {"C", []int{4}}, {"D", []int{1}}}},
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
		{name: "labels of claims", reply: "- text: A\n  cites: [S1]\n**Claim 1:** B [S2]\nÝ 3: C [S3]\nCâu trả lời:D [S4]\nÝ: E [S5]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}, {"D", []int{4}}, {"Ý: E", []int{5}}}},
		{name: "special tokens", reply: "<|im_start|>assistant\nA [S1]<|im_end|>\n</s>B [S2]<end_of_turn>\n<<SYS>>C [S3]<</SYS>><0x0A>D [S4]<turn|>", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}, {"D", []int{4}}}},
		{name: "other thoughts", reply: "<thought>x [S9]</thought>A [S1]\n[THINK]y\nz[/THINK]B [S2]\n◁think▷w◁/think▷C [S3]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}}},
		{name: "channels", reply: "<|channel|>analysis<|message|>x [S9]<|end|><|start|>assistant<|channel|>final<|message|>A [S1]<|return|>",
			claims: []Claim{{"A", []int{1}}}},
		{name: "a channel with its format", reply: "<|channel|>commentary to=x <|constrain|>json<|message|>x [S9]<|call|><|start|>assistant<|channel|>final <|constrain|>json<|message|>A [S1]",
			claims: []Claim{{"A", []int{1}}}},
		{name: "channels in other brackets", reply: "<|channel>thought\nx [S9]<channel|>A [S1]<turn|>", claims: []Claim{{"A", []int{1}}}},
		{name: "an end that is no thoughts' end", reply: "A [S1]\nB [S2]<|end|>", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}}},

		{name: "more list marks", reply: "● A [S1]\n◦ B [S2]\n✅ C [S3]\n② D [S4]\n**3.** E [S5]\n- [x] F [S6]\n> - G [S7]\nii. H [S8]\n1.2. I [S9]\n4️⃣ J [S10]\n-K [S11]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}, {"D", []int{4}}, {"E", []int{5}}, {"F", []int{6}}, {"G", []int{7}}, {"H", []int{8}}, {"I", []int{9}}, {"J", []int{10}}, {"K", []int{11}}}},
		{name: "a sign, a number and initials are no list marks", reply: "-5 độ [S1]\n1.5 tỷ [S2]\nV. Putin [S3]", claims: []Claim{{"-5 độ", []int{1}}, {"1.5 tỷ", []int{2}}, {"V. Putin", []int{3}}}},
		{name: "a heading that cites is a claim", reply: "## Answer\n### A [S1]\n==B== [S2]", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}}},
		{name: "a fence in one line", reply: "```A [S1]```\nB [S2]", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}}},
		{name: "roles in every line", reply: "AI: A [S1]\nTrợ lý: B [S2]\nĐáp: C [S3]", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}}},
		{name: "JSON in one line", reply: "{\"claims\": [{\"text\": \"A is B\", \"sources\": [\"S1\"]}, {\"text\": \"C is D\", \"sources\": [\"S2\"]}]}",
			claims: []Claim{{"A is B", []int{1}}, {"C is D", []int{2}}}},
		{name: "lines of JSON", reply: "{\"text\":\"A is B\",\"cites\":[1]}\n{\"text\": \"C is D\", \"source\": \"S2\"}\n[\"E [S3]\", \"F [S4]\"]",
			claims: []Claim{{"A is B", []int{1}}, {"C is D", []int{2}}, {"E", []int{3}}, {"F", []int{4}}}},
		{name: "a cell of its own", reply: "| A | S1 |\n| B | S2, S3 |", claims: []Claim{{"A", []int{1}}, {"B", []int{2, 3}}}},
		{name: "raised", reply: "A.⁽ˢ¹⁾\nB[ˢ²]\nLâm.³\n5 km²\nD $^{[S5]}$", claims: []Claim{{"A.", []int{1}}, {"B", []int{2}}, {"Lâm.", []int{3}}, {"5 km²", nil}, {"D", []int{5}}}},
		{name: "a range of citations, and other signs", reply: "A [S3]-[S5]\nB [S3~S5]\nC [S3|S4]\nD [S3、S4]\nE [S3,\u00a0S4]\nF 【S3†L1-L9】\nG [^3]\nH [3 và 4]",
			claims: []Claim{{"A", []int{3, 4, 5}}, {"B", []int{3, 4, 5}}, {"C", []int{3, 4}}, {"D", []int{3, 4}}, {"E", []int{3, 4}}, {"F", []int{3}}, {"G", []int{3}}, {"H", []int{3, 4}}}},
		{name: "brackets of other kinds", reply: "A {S1}\nB {{S2}} và C {S3, S4}\nD «S5»\nE <S6>\nF ⟦S7⟧\nG [^S8^]\nH \\cite{S9}\nI [@S10]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"và C", []int{3, 4}}, {"D", []int{5}}, {"E", []int{6}}, {"F", []int{7}}, {"G", []int{8}}, {"H", []int{9}}, {"I", []int{10}}}},
		{name: "a word and a number in brackets", reply: "A [Câu 1]\nB (nguồn 2)\nC [source 3]", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}}},
		{name: "without brackets before the text", reply: "S1: A\n- **S2**: B\nCâu S3 – C\nS4, S5: D [S6]",
			claims: []Claim{{"A", []int{1}}, {"B", []int{2}}, {"C", []int{3}}, {"D", []int{6}}}},
		{name: "without brackets behind the text", reply: "A. S1\nB — S2, S3\nC. Nguồn: S4\nD\nS5\nE <cite>S6</cite>",
			claims: []Claim{{"A.", []int{1}}, {"B", []int{2, 3}}, {"C.", []int{4}}, {"D", []int{5}}, {"E", []int{6}}}},
		{name: "a name like a number of a source", reply: "Tên lửa S300\nS300: tên lửa [S1]", claims: []Claim{{"Tên lửa S300", nil}, {"S300: tên lửa", []int{1}}}},
		{name: "a list of sources", reply: "A [1]. B [2].\n\nNguồn:\n[1] S1\n[2]: S2\n- S3", claims: []Claim{{"A", []int{1}}, {"B", []int{2}}}},
		{name: "a heading of the citation", reply: "A\n**Nguồn:**\n[S1]\nB. (Nguồn: câu [S2])\nTheo nguồn [S3], C\n1. [S4] D", claims: []Claim{{"A", []int{1}}, {"B.", []int{2}}, {"C", []int{3}}, {"D", []int{4}}}},
		{name: "other JSON in one line", reply: "[{\"claim\":\"A is B\",\"source\":\"[S1]\"},{\"claim_2\":\"C is D\",\"cites\":[{\"id\":\"S2\"}]}]",
			claims: []Claim{{"A is B", []int{1}}, {"C is D", []int{2}}}},
		{name: "escapes of JSON", reply: `{"answer":"A is \"B\" [S1].\n- C is D [S2]\n"}`, claims: []Claim{{`A is "B"`, []int{1}}, {"C is D", []int{2}}}},
		{name: "formulas", reply: `A $1.240$ m, $12\%$ [S1]` + "\nB $5-$6 [S2]", claims: []Claim{{"A 1.240 m, 12%", []int{1}}, {"B $5-$6", []int{2}}}},
		{name: "characters that one doesn't see", reply: "\ufeffA\u200b▁B [S1]\n\x1b\u202e\x00C\tD\r [S\u200d2]", claims: []Claim{{"A B", []int{1}}, {"C D", []int{2}}}},
		{name: "not in report, in quotation marks", reply: "\"NOT_IN_REPORT\"", absent: true},
		{name: "not in report, as a heading", reply: "# NOT_IN_REPORT", absent: true},
		{name: "not in report, behind a role", reply: "assistantNOT_IN_REPORT", absent: true},

		{name: "cut off", reply: "A [S1]\nB [S2]", cut: true, claims: []Claim{{"A", []int{1}}}},
		{name: "empty", reply: ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, size := range []int{1, 2, 3, 5, 8, 13, 21, len(test.reply) + 1} {
				var r Reader
				claims := readIn(&r, test.reply, size, !test.cut)
				if !reflect.DeepEqual(claims, test.claims) || r.NotInReport() != test.absent {
					t.Fatalf("in pieces of %d bytes:\n got %+v, absent %v\nwant %+v, absent %v", size, claims, r.NotInReport(), test.claims, test.absent)
				}
			}
		})
	}
}

// readIn reads a reply in pieces of so many bytes.
func readIn(r *Reader, reply string, size int, finished bool) []Claim {
	var claims []Claim
	for reply != "" {
		piece := reply[:min(size, len(reply))]
		reply = reply[len(piece):]
		read := r.Write(piece)
		if r.Restarted() {
			claims = nil
		}
		claims = append(claims, read...)
	}
	return append(claims, r.Close(finished)...)
}

func FuzzReplyReadsTheSameInPieces(f *testing.F) {
	f.Add("A [S1]. B [S2] and <think>x</think>C\n```\nNOT_IN_REPORT", 3)
	f.Fuzz(func(t *testing.T, reply string, size int) {
		var whole, pieces Reader
		want := readIn(&whole, reply, max(1, len(reply)), true)
		got := readIn(&pieces, reply, 1+(size&0xff)%17, true)
		if !reflect.DeepEqual(got, want) || whole.NotInReport() != pieces.NotInReport() {
			t.Fatalf("%q in pieces of %d: %+v, whole %+v", reply, size, got, want)
		}
		for _, claim := range got {
			if strings.TrimSpace(claim.Text) != claim.Text || claim.Text == "" || strings.ContainsAny(claim.Text, "\n") || standing.MatchString(claim.Text) {
				t.Fatalf("%q: the claim %q", reply, claim.Text)
			}
		}
	})
}

func TestALineWithoutEndIsReadInTime(t *testing.T) {
	var r Reader
	begun := time.Now()
	for range 5_000 {
		r.Write("A [S")
	}
	r.Close(true)
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
