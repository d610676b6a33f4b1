package report

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestUnwrapText(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{
			"a paragraph over two lines, below a page's number and head",
			"88\nCÔNG BÁO/Số 347/Ngày 25-02-2025\n\nThuyền được đậu từ 6 giờ đến 18 giờ hằng ngày tại bến chính của xã, trừ khi\nmực nước trên 4 mét.\n",
			"Thuyền được đậu từ 6 giờ đến 18 giờ hằng ngày tại bến chính của xã, trừ khi mực nước trên 4 mét. {}",
		},
		{
			"a paragraph that goes on behind a page's edge",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một\n\n12\n\fTạp chí Cầu đường số 3\n\nquỹ ở thủ đô và tiền của người dân, những người đã góp công từ ngày đầu tiên\ncho tới ngày mở cầu.\n",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một quỹ ở thủ đô và tiền của người dân, những người đã góp công từ ngày đầu tiên cho tới ngày mở cầu. {}",
		},
		{
			"words that a hyphen parts",
			"The committee that was formed in spring has published its long awaited recom-\nmendations on the bridge, which the council will discuss in its next meeting of the\nyear.\n",
			"The committee that was formed in spring has published its long awaited recommendations on the bridge, which the council will discuss in its next meeting of the year. {}",
		},
		{
			"a name with a hyphen",
			"Hai nước đã ký một thỏa thuận mới về việc xây cầu và đường trong vùng biên giới Nga-\nTriều, nơi trước đây chỉ có một cây cầu cũ mà người dân ít khi dùng đến vào mùa\nmưa.\n",
			"Hai nước đã ký một thỏa thuận mới về việc xây cầu và đường trong vùng biên giới Nga-Triều, nơi trước đây chỉ có một cây cầu cũ mà người dân ít khi dùng đến vào mùa mưa. {}",
		},
		{
			"numbers and words with a hyphen",
			"The board has granted thirty-four requests, and its long-term plan for the harbour was read by twenty-\nfive members, who asked for a long-\nterm budget that the council will have to find in the next year of its own accord.\n",
			"The board has granted thirty-four requests, and its long-term plan for the harbour was read by twenty-five members, who asked for a long-term budget that the council will have to find in the next year of its own accord. {}",
		},
		{
			"a running head that repeats the title, once",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một\nquỹ ở thủ đô.\n\n\fBài viết thử 2024\n\nNó được mở vào mùa xuân, khi nước sông còn thấp, trước sự có mặt của nhiều\nngười trong huyện.\n",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một quỹ ở thủ đô. {}\nNó được mở vào mùa xuân, khi nước sông còn thấp, trước sự có mặt của nhiều người trong huyện. {}",
		},
		{
			"tables of white space, and lines of signs",
			"Có hai bến trong huyện.\n\n  Lô     Tàu\n  ----- -----\n  A      6\n\nMục hai\n=======\n\nĐó là hết.\n\n* * *\n\nLot      Ships    Price\nFirst    6        120\n\nBến đóng cửa.\n",
			"Có hai bến trong huyện. {}\nLô | Tàu {}\nA | 6 {}\n(Mục hai) Đó là hết. {}\n(Mục hai) Lot | Ships | Price {}\n(Mục hai) First | 6 | 120 {}\n(Mục hai) Bến đóng cửa. {}",
		},
		{
			"headings and items stay by themselves",
			"Chương II\nQUY ĐỊNH CHUNG\n\nĐiều 5. Thời gian\n\nThuyền được đậu tại bến chính của xã vào những giờ sau đây, trừ những ngày mà xã\ncấm vì nước lớn:\n\na) Từ 6 giờ đến 11 giờ vào mùa khô, khi nước ở bến dưới hai mét theo thước của\ntrạm;\n\nb) Từ 7 giờ đến 10 giờ vào mùa mưa.\n",
			"(QUY ĐỊNH CHUNG › Điều 5. Thời gian) Thuyền được đậu tại bến chính của xã vào những giờ sau đây, trừ những ngày mà xã cấm vì nước lớn: {}\n" +
				"(QUY ĐỊNH CHUNG › Điều 5. Thời gian) a) Từ 6 giờ đến 11 giờ vào mùa khô, khi nước ở bến dưới hai mét theo thước của trạm; {}\n" +
				"(QUY ĐỊNH CHUNG › Điều 5. Thời gian) b) Từ 7 giờ đến 10 giờ vào mùa mưa. {}",
		},
		{
			"indented paragraphs without blank lines",
			"   Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một\nquỹ ở thủ đô và tiền của dân.\n   Nó được mở vào mùa xuân, khi nước sông còn thấp, trước sự có mặt của nhiều\nngười trong huyện.\n",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một quỹ ở thủ đô và tiền của dân. {}\n" +
				"Nó được mở vào mùa xuân, khi nước sông còn thấp, trước sự có mặt của nhiều người trong huyện. {}",
		},
		{
			"notes that are wrapped too",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một quỹ\nở thủ đô.[1]\n\n[1] Báo cáo của quỹ về những cây cầu mà nó đã cho vay tiền để xây trong mười\nnăm, https://quy.example.org/cau\n",
			"Cầu được xây trong bốn năm bởi một nhà thầu trong tỉnh, với vốn vay của một quỹ ở thủ đô. {1}\n" +
				"1: Báo cáo của quỹ về những cây cầu mà nó đã cho vay tiền để xây trong mười năm, https://quy.example.org/cau",
		},
		{
			"a mail that is answered",
			"> Bến mở từ 6 giờ đến 18 giờ hằng ngày, trừ khi mực nước trên\n> bốn mét theo thước của trạm.\n\nXã đồng ý với ý kiến trên và giao ban quản lý bến thực hiện từ\nngày 1 tháng 5.\n\n> 5 mét thì cấm.\n",
			"Bến mở từ 6 giờ đến 18 giờ hằng ngày, trừ khi mực nước trên bốn mét theo thước của trạm. {}\nXã đồng ý với ý kiến trên và giao ban quản lý bến thực hiện từ ngày 1 tháng 5. {}\n> 5 mét thì cấm. {}",
		},
		{
			"chapters with a full stop, and notes as old books have them",
			"                    CHAPTER I.\n\nThe harbour was opened in 1968 and has since then been the main place where the\nships of the island load and unload, as Messrs. Hill say.[1]\n\n                    CHAPTER II.\n\nThe second quay was built for £3,400 and stands on piles of oak, and nobody knows\nhow many there are.[2]\n\n[Footnote 1: See the map.]\n\n[Footnote 2: The contract is lost.]\n",
			"(CHAPTER I.) The harbour was opened in 1968 and has since then been the main place where the ships of the island load and unload, as Messrs. Hill say. {1}\n(CHAPTER II.) The second quay was built for £3,400 and stands on piles of oak, and nobody knows how many there are. {2}\n1: See the map.\n2: The contract is lost.",
		},
		{
			"years and names that a line's end parts, in ragged lines",
			"Hội đồng đã thông qua ngân sách của huyện cho những năm sau đây: 2023-\n2024, với ba tỉ đồng cho bến, và hiệp định Nga-\nTriều cũng được thông qua trong cuộc họp ấy, theo lời của một người đã có mặt\nở đó.\n",
			"Hội đồng đã thông qua ngân sách của huyện cho những năm sau đây: 2023-2024, với ba tỉ đồng cho bến, và hiệp định Nga-Triều cũng được thông qua trong cuộc họp ấy, theo lời của một người đã có mặt ở đó. {}",
		},
		{
			"who signs and who receives stand side by side",
			"Nghị định này có hiệu lực từ ngày 1 tháng 5 năm 2024 và được công bố ở các bến.\n\nNơi nhận:                                              TM. CHÍNH PHỦ CỦA NƯỚC\nCác bộ, các tỉnh và thành phố                          Nguyễn Văn Thử, thủ tướng\n",
			"Nghị định này có hiệu lực từ ngày 1 tháng 5 năm 2024 và được công bố ở các bến. {}\nNơi nhận: TM. CHÍNH PHỦ CỦA NƯỚC {}\nCác bộ, các tỉnh và thành phố Nguyễn Văn Thử, thủ tướng {}",
		},
		{
			"a paragraph a line stays so",
			"Cầu dài.\nNó rộng.\nNó được mở vào mùa xuân.\n",
			"Cầu dài. {}\nNó rộng. {}\nNó được mở vào mùa xuân. {}",
		},
		{
			"verses stay so",
			"Sông Mây nước chảy lững lờ\nCầu Mây một bóng đôi bờ nhớ thương\nAi qua nhớ một quãng đường\nMai về còn giữ chút hương lúa vàng.\n\nBài thơ ấy đã được khắc lên lan can phía nam của cây cầu.\n",
			"(Sông Mây nước chảy lững lờ › Cầu Mây một bóng đôi bờ nhớ thương › Ai qua nhớ một quãng đường) Mai về còn giữ chút hương lúa vàng. {}\n" +
				"(Sông Mây nước chảy lững lờ › Cầu Mây một bóng đôi bờ nhớ thương › Ai qua nhớ một quãng đường) Bài thơ ấy đã được khắc lên lan can phía nam của cây cầu. {}",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := Parse([]byte("Bài viết thử\n\n" + test.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(r); got != test.want {
				t.Errorf("read\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// wrapTo wraps paragraphs as a program does for pages of so many lines, with their
// numbers and heads.
func wrapTo(paragraphs []string, width, page int) string {
	var out []string
	for _, p := range paragraphs {
		line := ""
		for _, word := range strings.Fields(p) {
			if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
				out = append(out, line)
				line = ""
			}
			line = strings.TrimSpace(line + " " + word)
		}
		out = append(out, line, "")
	}
	var b strings.Builder
	for i, line := range out {
		if page > 0 && i > 0 && i%page == 0 {
			fmt.Fprintf(&b, "\n%d\n\fBÁO CÁO THƯỜNG NIÊN %d\n\n", i/page, 2024)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// A text that was wrapped is read as it was before.
func TestWrappedReportEqualsTheReport(t *testing.T) {
	bridge, err := os.ReadFile("testdata/formats/bridge.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name         string
		data         []byte
		whole        *Report
		widths, page []int
	}{
		{"bridge", bridge, read(t, string(bridge)), []int{60, 72, 80, 100}, []int{0, 40}},
		{"digest", digest, embedded(t), []int{72}, []int{40}},
	} {
		var lines []string
		for line := range strings.Lines(string(test.data)) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		for _, width := range test.widths {
			for _, page := range test.page {
				t.Run(fmt.Sprintf("%s, %d wide, pages of %d", test.name, width, page), func(t *testing.T) {
					r := read(t, wrapTo(lines, width, page))
					has := map[string]bool{}
					for _, p := range paragraphs(r) {
						has[p] = true
					}
					want := paragraphs(test.whole)
					lost := slices.DeleteFunc(slices.Clone(want), func(p string) bool { return has[p] })
					if 20*len(lost) > len(want) || len(r.Footnotes) != len(test.whole.Footnotes) {
						t.Errorf("%d of %d notes; lost of %d paragraphs:\n%s", len(r.Footnotes), len(test.whole.Footnotes), len(want), strings.Join(lost, "\n"))
					}
				})
			}
		}
	}
}
