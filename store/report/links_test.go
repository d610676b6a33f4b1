package report

import "testing"

// Every rule by which a note's printed text becomes links. What no rule can
// recover with certainty is damaged, and never a link.
func TestLinks(t *testing.T) {
	const slug = "https://www.understandingwar.org/backgrounder/campaign-assessment-may-1"
	tests := []struct {
		name, note string
		links      []string
		damaged    []string
		defanged   bool
	}{
		{name: "a plain link", note: "https://a.com/x?y=1&z=2", links: []string{"https://a.com/x?y=1&z=2"}},
		{name: "the scheme stays", note: "http://a.com/x", links: []string{"http://a.com/x"}},
		{name: "a missing scheme is https", note: "www.a.com/x", links: []string{"https://www.a.com/x"}},
		{name: "also without www", note: "t.me/x/1", links: []string{"https://t.me/x/1"}},
		{name: "also a host alone", note: "a.com", links: []string{"https://a.com"}},
		{name: "a scheme in capitals", note: "HTTPS://a.com/x", links: []string{"https://a.com/x"}},
		{name: "hxxp", note: "hxxp://a.com/x; hxxps://b.com/y; HXXPS://c.com", links: []string{"http://a.com/x", "https://b.com/y", "https://c.com"}},
		{name: "hxxp with a bracketed colon", note: "hxxps[:]//a[.]com/x", links: []string{"https://a.com/x"}, defanged: true},

		{name: "a written-out dot", note: "https://www.a dot com/x", links: []string{"https://www.a.com/x"}, defanged: true},
		{name: "its translation", note: "https://a.gov chấm ru/x", links: []string{"https://a.gov.ru/x"}, defanged: true},
		{name: "all dots written out", note: "https://www dot a chấm co dot kr/x", links: []string{"https://www.a.co.kr/x"}, defanged: true},
		{name: "in capitals", note: "https://a DOT com/x", links: []string{"https://a.com/x"}, defanged: true},
		{name: "in brackets", note: "https://a[.]com/x; https://b[dot]com; https://c (chấm) com; https://d{.}com",
			links: []string{"https://a.com/x", "https://b.com", "https://c.com", "https://d.com"}, defanged: true},
		{name: "dotcn", note: "https://www.a.gov dotcn/web/x", links: []string{"https://www.a.gov.cn/web/x"}, defanged: true},
		{name: "with the scheme missing too", note: "www.a.gov chấm cn/x", links: []string{"https://www.a.gov.cn/x"}, defanged: true},
		{name: "dot in words that are no link", note: "A dot on the map"},
		{name: "dot in words before a link", note: "The dot com years, https://a.com/x", links: []string{"https://a.com/x"}},

		{name: "stray spaces in a path", note: "https://a.com/one -two- three/ Four%20five% 20six", links: []string{"https://a.com/one-two-three/Four%20five%20six"}},
		{name: "stray spaces in a host", note: "https://www.a .com/x; https://www. b.com", links: []string{"https://www.a.com/x", "https://www.b.com"}},
		{name: "stray spaces between all of a host", note: "https://www. nis. go. kr/x", links: []string{"https://www.nis.go.kr/x"}},
		{name: "stray spaces in a scheme", note: "https: //a.com/x; http :// b.com/y", links: []string{"https://a.com/x", "http://b.com/y"}},
		{name: "a space that doesn't break lines", note: "https://a.com/one\u00a0-two", links: []string{"https://a.com/one-two"}},
		{name: "a zero-width space", note: "https://a.com/one\u200btwo", links: []string{"https://a.com/onetwo"}},

		{name: "HYPERLINK junk", note: "\ufffdHYPERLINK “https://a.com/x”https://www.b .com/y", links: []string{"https://a.com/x", "https://www.b.com/y"}},
		{name: "HYPERLINK junk with the same link behind it", note: `https://b.com; HYPERLINK "https://a.com/x" https://a .com/x; https://c.com`,
			links: []string{"https://b.com", "https://a.com/x", "https://c.com"}},
		{name: "HYPERLINK junk with words behind it", note: `HYPERLINK "https://a.com/x" Báo Gạo`, links: []string{"https://a.com/x"}},

		{name: "a host that translation broke", note: "https://www.under Hiểuwar.org/backgrounder/campaign-assessment-may-1", links: []string{slug}},
		{name: "another one", note: "https://www.washingtoninst acad.org/x; https://www.lowyinst acad.org/y",
			links: []string{"https://www.washingtoninstitute.org/x", "https://www.lowyinstitute.org/y"}},
		{name: "one that no table has", note: "https://www.đọcbáo.org/x", damaged: []string{"https://www.đọcbáo.org/x"}},
		{name: "a translated word in a path", note: "https://a.com/one-two- đậu nành; https://b.com/y", links: []string{"https://b.com/y"}, damaged: []string{"https://a.com/one-two- đậu nành"}},
		{name: "a translated word of plain letters", note: "https://a.com/Feb%2021%20Nga%20Offensive.pdf; https://b.com/y", links: []string{"https://b.com/y"},
			damaged: []string{"https://a.com/Feb%2021%20Nga%20Offensive.pdf"}},
		{name: "no harm in a Vietnamese site's own words", note: "https://a.vn/nga-mua-gao", links: []string{"https://a.vn/nga-mua-gao"}},
		{name: "nor in letters inside a word", note: "https://a.com/Ngarimu-hanga", links: []string{"https://a.com/Ngarimu-hanga"}},
		{name: "a broken escape", note: "https://a.com/%zz", damaged: []string{"https://a.com/%zz"}},
		{name: "a letter that couldn't be read", note: "https://a.com/x\ufffdy", damaged: []string{"https://a.com/x\ufffdy"}},
		{name: "a quotation mark inside", note: `https://a.com/x">Báo; https://b.com/y#"0`, links: []string{"https://b.com/y"}, damaged: []string{`https://a.com/x">Báo`, `#"0`}},
		{name: "a scheme without a host", note: "https://", damaged: []string{"https://"}},
		{name: "a host without a dot", note: "https://localhost/x", damaged: []string{"https://localhost/x"}},
		{name: "a broken scheme", note: "ttps://a.com/x", damaged: []string{"ttps://a.com/x"}},

		{name: "a fragment", note: "https://a.com/x#part-2", links: []string{"https://a.com/x#part-2"}},
		{name: "a fragment with stray spaces", note: "https://a.com/x#:~:text=one% 20two", links: []string{"https://a.com/x#:~:text=one%20two"}},
		{name: "a damaged fragment leaves the link", note: "https://a.com/x#two-white -người phát ngôn", links: []string{"https://a.com/x"}, damaged: []string{"#two-white -người phát ngôn"}},

		{name: "a damaged fragment goes on to the note's end", note: "https://a.com/x#one, quân dự bị", links: []string{"https://a.com/x"}, damaged: []string{"#one, quân dự bị"}},

		{name: "words before a link", note: "Xem thêm: https://a.com/x", links: []string{"https://a.com/x"}},
		{name: "words before a link without scheme", note: "Xem thêm www.a.com/x", links: []string{"https://www.a.com/x"}},
		{name: "a name with a full stop before it", note: "J. Smith, “Rice; and corn,” https://a.com/x", links: []string{"https://a.com/x"}},
		{name: "words behind it", note: "https://a.com/x truy cập ngày 5", links: []string{"https://a.com/x"}},
		{name: "words behind it in brackets", note: "https://a.com/x (đọc ngày 5 tháng 10)", links: []string{"https://a.com/x"}},
		{name: "words behind it after a comma", note: "https://a.com/x, Báo Gạo", links: []string{"https://a.com/x"}},
		{name: "a sentence behind it", note: "https://a.com/x. Accessed May 5.", links: []string{"https://a.com/x"}},
		{name: "a sentence behind a closed path", note: "https://a.com/x/ Accessed 5 May", links: []string{"https://a.com/x/"}},
		{name: "a sentence that begins with a Vietnamese letter", note: "https://a.com/x. Đọc ngày 5.", links: []string{"https://a.com/x"}},
		{name: "a dash and a name behind it", note: "https://a.com/x – Báo Gạo; https://b.com/y - Rice News", links: []string{"https://a.com/x", "https://b.com/y"}},
		{name: "a title in quotation marks behind it", note: "https://a.com/x “Gạo và ngô”", links: []string{"https://a.com/x"}},
		{name: "a name behind a bracketed link", note: "(https://a.com/x) Reuters", links: []string{"https://a.com/x"}},

		{name: "two links without a semicolon", note: "https://a.com/x https://b.com/y", links: []string{"https://a.com/x", "https://b.com/y"}},
		{name: "two with a comma", note: "https://a.com/x, www.b.com/y", links: []string{"https://a.com/x", "https://www.b.com/y"}},
		{name: "two with a word between", note: "https://a.com/x và https://b.com/y; https://c.com/x and https://d.com/y",
			links: []string{"https://a.com/x", "https://b.com/y", "https://c.com/x", "https://d.com/y"}},
		{name: "words, and two without a semicolon", note: "Xem https://a.com/x https://b.com/y", links: []string{"https://a.com/x", "https://b.com/y"}},
		{name: "two with written-out dots", note: "https://a dot com/x https://b chấm com/y", links: []string{"https://a.com/x", "https://b.com/y"}, defanged: true},
		{name: "the same link twice is one", note: "https://a.com/x; https://a dot com/x ; https://a.com/ x", links: []string{"https://a.com/x"}, defanged: true},
		{name: "trailing punctuation", note: "https://a.com/x.; https://b.com/y,; (https://c.com/z); “https://d.com/”; <https://e.com/v>.; [https://f.com/u]",
			links: []string{"https://a.com/x", "https://b.com/y", "https://c.com/z", "https://d.com/", "https://e.com/v", "https://f.com/u"}},
		{name: "brackets that belong to a link", note: "https://a.com/x_(y)", links: []string{"https://a.com/x_(y)"}},
		{name: "an archive's link holds a link", note: "https://web.archive.org/web/20200616/http://a.com/x.html", links: []string{"https://web.archive.org/web/20200616/http://a.com/x.html"}},
		{name: "an archive's link with a stray space", note: "https://web.archive.org/web/20200616/ http://a.com/x.html", links: []string{"https://web.archive.org/web/20200616/http://a.com/x.html"}},
		{name: "a host in another script", note: "https://кремль.рф/x", links: []string{"https://кремль.рф/x"}},
		{name: "a port", note: "https://a.com:8080/x", links: []string{"https://a.com:8080/x"}},
		{name: "no link at all", note: "Phỏng vấn, v.v., tại Hà Nội; ông J. Smith"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := Footnote{N: 1, Raw: test.note}
			f.parseLinks()
			var links []string
			for _, link := range f.Links {
				links = append(links, link.URL)
			}
			same(t, "links", links, test.links)
			same(t, "damaged", f.Damaged, test.damaged)
			if f.Defanged != test.defanged {
				t.Errorf("defanged: %v", f.Defanged)
			}
		})
	}
}

func TestSite(t *testing.T) {
	for link, want := range map[string]string{
		"https://www.a.com/x":     "a.com",
		"https://News.A.com:80/x": "news.a.com",
		"http://t.me/x":           "t.me",
	} {
		f := Footnote{Raw: link}
		f.parseLinks()
		if len(f.Links) != 1 || f.Links[0].Site != want {
			t.Errorf("%s: %+v, want the site %s", link, f.Links, want)
		}
	}
}
