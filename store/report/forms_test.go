package report

import (
	"fmt"
	"strings"
	"testing"
)

// wholeReading shows sentences with their notes, and the notes.
func wholeReading(r *Report) string {
	var b strings.Builder
	for _, p := range r.Paragraphs {
		if p.Section != "" {
			fmt.Fprintf(&b, "(%s) ", p.Section)
		}
		b.WriteString(strings.Join(marked(p), " ") + "\n")
	}
	for _, f := range r.Footnotes {
		fmt.Fprintf(&b, "%d: %s\n", f.N, strings.ReplaceAll(f.Raw, "\n", " / "))
	}
	return strings.TrimSpace(b.String())
}

// Markers and notes come in many forms. Those that say plainly what they are are
// always read, the others where a list of notes has their numbers.
func TestMarkerAndNoteForms(t *testing.T) {
	const intro = "Một đoạn mở đầu đủ dài để là một đoạn văn."
	for _, test := range []struct{ name, text, want string }{
		{"a range", "Cầu dài.[1-3]\n\n[1] a\n[2] b\n[3] c", "Cầu dài. {1 2 3}\n1: a\n2: b\n3: c"},
		{"a range with an en dash", "Cầu dài.[1–2]\n\n[1] a\n[2] b", "Cầu dài. {1 2}\n1: a\n2: b"},
		{"a range of no notes is text", "Trang [6-8] của sách nói vậy.", "Trang [6-8] của sách nói vậy. {}"},
		{"superscript digits", "Cầu dài.¹ Nó rộng.²\n\nGhi chú\n1. Sách một\n2. Sách hai", "Cầu dài. {1} Nó rộng. {2}\n1: Sách một\n2: Sách hai"},
		{"two superscript digits", "Cầu dài.¹²\n\nGhi chú\n1. Sách một\n2. Sách hai", "Cầu dài. {1 2}\n1: Sách một\n2: Sách hai"},
		{"a range of superscripts", "Cầu dài.¹⁻³\n\nNotes\n1. A\n2. B\n3. C", "Cầu dài. {1 2 3}\n1: A\n2: B\n3: C"},
		{"parentheses", "Cầu dài (1). Nó rộng (2).\n\nReferences\n(1) Book one\n(2) Book two", "Cầu dài. {1} Nó rộng. {2}\n1: Book one\n2: Book two"},
		{"parentheses without notes are text", "Khoản (1) và (2) có hiệu lực.", "Khoản (1) và (2) có hiệu lực. {}"},
		{"superscripts without notes are text", "Đất rộng 5 km² và 3 m³.", "Đất rộng 5 km² và 3 m³. {}"},
		{"a power is text beside notes", "Đất rộng 5 km² lắm.¹\n\nGhi chú\n1. Sách một\n2. Sách hai", "Đất rộng 5 km² lắm. {1}\n1: Sách một\n2: Sách hai"},
		{"an index is text", "Giá trị a[0] là một.", "Giá trị a[0] là một. {}"},
		{"an index that no note has is text", "Giá trị b[1] của xã.[2]\n\n[2] Sách hai", "Giá trị b[1] của xã. {2}\n2: Sách hai"},
		{"a note's own number, raised", "Cầu dài.[1]\n\n[1] ¹ Sách một", "Cầu dài. {1}\n1: Sách một"},
		{"small Roman numbers", "Cầu dài.[i] Nó rộng.[ii]\n\nNotes\n[i] A\n[ii] B", "Cầu dài. {1} Nó rộng. {2}\n1: A\n2: B"},
		{"letters", "Cầu dài.[a] Nó rộng.[b]\n\nNotes\n[a] A\n[b] B", "Cầu dài. {1} Nó rộng. {2}\n1: A\n2: B"},
		{"n 1", "Cầu dài.[n 1]\n\nNotes\n[n 1] A", "Cầu dài. {1}\n1: A"},
		{"signs", "Cầu dài.* Nó rộng.†\n\nGhi chú\n* Sách một\n† Sách hai", "Cầu dài. {1} Nó rộng. {2}\n1: Sách một\n2: Sách hai"},
		{"a caret", "Cầu dài.[1]\n\n[^1]: Sách một", "Cầu dài. {1}\n1: Sách một"},
		{"numbers and links, without a heading", "Cầu dài.¹ Nó rộng.²\n\n1. https://a.com/1\n2. https://a.com/2", "Cầu dài. {1} Nó rộng. {2}\n1: https://a.com/1\n2: https://a.com/2"},
		{"numbers without a heading, which brackets name", "Cầu dài.[1] Nó rộng.[2]\n\n1. Sách một\n2. https://a.com/2", "Cầu dài. {1} Nó rộng. {2}\n1: Sách một\n2: https://a.com/2"},
		{"one note without a heading", "Cầu dài.[1] Nó rộng.\n\n1. https://a.com/1", "Cầu dài. {1} Nó rộng. {}\n1: https://a.com/1"},
		{"superscripts without a heading", "Cầu dài 5 km².¹ Nó rộng.²\n\n¹ Sách một\n² Sách hai", "Cầu dài 5 km². {1} Nó rộng. {2}\n1: Sách một\n2: Sách hai"},
		{"one superscript without a heading", "Cầu dài.¹ Nó rộng.\n\n¹ Sách một", "Cầu dài. {1} Nó rộng. {}\n1: Sách một"},
		{"parentheses without a heading", "Cầu dài (1). Nó rộng (3 m) và cao (2).\n\n(1) Sách một\n(2) Sách hai", "Cầu dài. {1} Nó rộng (3 m) và cao. {2}\n1: Sách một\n2: Sách hai"},
		{"brackets and parentheses", "Cầu dài (1). Nó rộng [2]. Nó cao (3).\n\n(1) Sách một\n(2) Sách hai\n(3) Sách ba", "Cầu dài. {1} Nó rộng. {2} Nó cao. {3}\n1: Sách một\n2: Sách hai\n3: Sách ba"},
		{"items that no marker names", "Cầu dài.[1] Nó rộng.[7]\n\n1. Gạo\n2. Ngô", "Cầu dài. {1} Nó rộng. {7}\n1. Gạo {}\n2. Ngô {}"},
		{"clauses that others refer to", "Theo khoản (1) và khoản (2).\n\n(1) Gạo\n(2) Ngô", "Theo khoản (1) và khoản (2). {}\n(1) Gạo {}\n(2) Ngô {}"},
		{"carets and names", "Cầu dài.[^2] Nó rộng.[^b-1] Nó cao.[^x]\n\n[^2]: Sách một\n[^b-1]: Sách hai", "Cầu dài. {1} Nó rộng. {2} Nó cao.[^x] {}\n1: Sách một\n2: Sách hai"},
		{"carets", "Cầu dài.[^7]\n\n[^7]: Sách một", "Cầu dài. {7}\n7: Sách một"},
		{"a list that is no list of notes", intro + "\n1. Gạo\n2. Ngô", intro + " {}\n1. Gạo {}\n2. Ngô {}"},
		{"a heading with its number", "Cầu dài.[1]\n\n5. Tài liệu tham khảo\n[1] Sách một", "Cầu dài. {1}\n1: Sách một"},
		{"a number before its address", "Cầu dài.[1]\n\n[1] 1https://a.com/1", "Cầu dài. {1}\n1: https://a.com/1"},
		{"text behind the notes", "Cầu dài.[1]\n\n[1] https://a.com/1\n[2] https://a.com/2\n\nVề tác giả: ông sống ở Huế.", "Cầu dài. {1}\nVề tác giả: ông sống ở Huế. {}\n1: https://a.com/1\n2: https://a.com/2"},
		{"a paragraph behind the last note", "Cầu dài.[1]\n\n[1] https://a.com/1\n[2] https://a.com/2\n\nQuỹ Mây trả tiền cho báo cáo.", "Cầu dài. {1}\nQuỹ Mây trả tiền cho báo cáo. {}\n1: https://a.com/1\n2: https://a.com/2"},
		{"a section behind the notes", "Cầu dài.[1]\n\nGhi chú\n[1] Sách một\n\nPhụ lục\nBảng có ba cột.", "Cầu dài. {1}\n(Phụ lục) Bảng có ba cột. {}\n1: Sách một"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Parse([]byte("Bài viết\n\n" + test.text + "\n"))
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(r); got != test.want {
				t.Errorf("read\n%s\nwant\n%s\nwarnings %q", got, test.want, r.Warnings)
			}
		})
	}
}

// Where the format links its markers, what is raised or in code is none.
func TestWhatIsNoMarkerInAFormatThatLinksThem(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{
			"a power", "a.html", `<h1>Cầu</h1><p>Có 10<sup>2</sup> cầu.<sup id="r1"><a href="#n1">1</a></sup> Nó rộng.<sup id="r2"><a href="#n2">2</a></sup></p><ol><li id="n1"><a href="#r1">^</a> Sách một</li><li id="n2"><a href="#r2">^</a> Sách hai</li></ol>`,
			"Có 10² cầu. {1} Nó rộng. {2}\n1: Sách một\n2: Sách hai",
		},
		{"code", "a.md", "# Cầu\n\nCầu dài.[^1]\n\n```\na [1] b\n```\n\n[^1]: Sách một\n", "Cầu dài. {1}\na [1] b {}\n1: Sách một"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Read(test.file, []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(r); got != test.want {
				t.Errorf("read\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
