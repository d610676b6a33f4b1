package report

import "testing"

// What was read wrongly once in reports that people have: each with its right
// reading.
func TestParsingRegressions(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"a page's number and head above a wrapped sentence", "a.txt",
			"88\nCÔNG BÁO/Số 347/Ngày 25-02-2025\n\nThuyền được đậu từ 6 giờ đến 18 giờ hằng ngày tại bến chính của xã, trừ khi\nmực nước trên 4 mét.\n",
			"Thuyền được đậu từ 6 giờ đến 18 giờ hằng ngày tại bến chính của xã, trừ khi mực nước trên 4 mét. {}"},
		{"a marked sentence is no heading", "a.txt", "Cầu\n\nCầu Sông Mây dài 1.240 mét.[1-3]\n\n[1] a\n[2] b\n[3] c\n", "Cầu Sông Mây dài 1.240 mét. {1 2 3}\n1: a\n2: b\n3: c"},
		{"items are no headings", "a.txt", "Cầu\n\nXe được qua cầu.\n\na) Xe nhỏ\nđ) Xe lớn\n(a) Xe đạp\ni) Xe bò\nXe lu;\nXe tăng,\n",
			"Xe được qua cầu. {}\na) Xe nhỏ {}\nđ) Xe lớn {}\n(a) Xe đạp {}\ni) Xe bò {}\nXe lu; {}\nXe tăng, {}"},
		{"a paragraph of HTML is no heading", "a.html", "<h1>Cầu</h1><p>Mở cửa hằng ngày</p><p>Xe được qua cầu.</p>", "Mở cửa hằng ngày {}\nXe được qua cầu. {}"},
		{"superscripts of HTML", "a.html", "<h1>Cầu</h1><p>Có 12.000<sup>1</sup> xe, 10<sup>6</sup> người, vay 2<sup>3</sup> triệu và 5<sup><a href='https://a.com'>7</a></sup> tỉ.</p>",
			"Có 12.000¹ xe, 10^6 người, vay 2³ triệu và 5^7 tỉ. {}"},
		{"superscripts of Markdown", "a.md", "# Cầu\n\nCó 12.000<sup>1</sup> xe, 10^6^ người, vay 2<sup>3</sup> triệu.\n", "Có 12.000¹ xe, 10^6 người, vay 2³ triệu. {}"},
		{"superscripts of Unicode", "a.txt", "Cầu\n\nCó 12.000¹ xe, 10⁶ người, vay 2³ triệu.\n", "Có 12.000¹ xe, 10⁶ người, vay 2³ triệu. {}"},
		{"superscripts that are markers", "a.html", "<h1>Cầu</h1><p>Có 12.000<sup>1</sup> xe và 10<sup>6</sup> người.</p><h2>Chú thích</h2><ol><li>Sách một</li></ol>", "Có 12.000 xe và 10^6 người. {1}\n1: Sách một"},
		{"numbers that lead to a step, a section or a comment", "a.html", `<h1>Cầu</h1><ol><li id="s1">Mở cổng.</li><li>Quay lại bước <a href="#s1">1</a>, xem mục <a href="#m2">2</a>.</li></ol><h2 id="m2">2. Đóng</h2><p>Cổng đóng, sau <a href="#c">14</a> ý kiến.</p>`,
			"1. Mở cổng. {}\n2. Quay lại bước 1, xem mục 2. {}\n(2. Đóng) Cổng đóng, sau 14 ý kiến. {}"},
		{"markers in every form beside text that looks like one", "a.txt", "Cầu\n\nCầu dài.³⁻⁵ Nó rộng.¹² Nó cao [n 1]. Nó sâu.[6–8] Giá trị a[0].\n\nTài liệu tham khảo\n1. A\n2. https://b.com\n3. C\n4. D\n5. E\n6. F\n7. G\n8. H\n",
			"Cầu dài. {3 4 5} Nó rộng. {1 2} Nó cao [n 1]. {} Nó sâu. {6 7 8} Giá trị a[0]. {}\n1: A\n2: https://b.com\n3: C\n4: D\n5: E\n6: F\n7: G\n8: H"},
		{"without a list of notes (12) and ¹ are text", "a.txt", "Cầu\n\nCầu dài (12). Nó rộng.¹ Nó cao.\n", "Cầu dài (12). {} Nó rộng.¹ Nó cao. {}"},
		{"a row of cells with paragraphs", "a.html", "<h1>Cầu</h1><p>Có hai lô.</p><table><tr><td><p>Lot</p></td><td><p>6 ships</p></td></tr></table>", "Có hai lô. {}\nLot | 6 ships {}"},
		{"a note's own number", "a.html", `<h1>Cầu</h1><p>Cầu dài.<sup id="r1"><a href="#f1">1</a></sup></p><p id="f1">1https://a.com/1 <a href="#r1">↩</a></p>`, "Cầu dài. {1}\n1: https://a.com/1"},
		{"an item's number belongs to its sentence", "a.txt", "Cầu\n\n2.1. Chi phí là 3 tỉ đồng, theo TS. An ở TP. Huế.\n", "2.1. Chi phí là 3 tỉ đồng, theo TS. An ở TP. Huế. {}"},
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
