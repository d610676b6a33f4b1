package report

import (
	"strings"
	"testing"
)

// A page names its title, date and authors in many ways.
func TestPageMetadata(t *testing.T) {
	linked := func(json string) string { return `<script type="application/ld+json">` + json + `</script>` }
	const heading = `<h1>Chợ nổi dời bến</h1>`
	for _, test := range []struct{ name, head, body, want string }{
		{"an author as a string, without a context", linked(`{"@type":"Article","headline":"Chợ nổi dời bến","author":"Đỗ Thị Lan","datePublished":"2021-07-02"}`), heading, "Chợ nổi dời bến | 2021-07-02 | Đỗ Thị Lan"},
		{"an author as an object", linked(`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Chợ nổi dời bến","author":{"@type":"Person","name":"Đỗ Thị Lan"},"datePublished":"2021-07-02T23:30:00+07:00"}`), heading, "Chợ nổi dời bến | 2021-07-02 | Đỗ Thị Lan"},
		{"authors as a list of strings and objects", linked(`{"@type":"Article","headline":"Chợ nổi dời bến","author":["Đỗ Thị Lan",{"name":"Lý Sáng"}]}`), heading, "Chợ nổi dời bến |  | Đỗ Thị Lan, Lý Sáng"},
		{"a list of objects", linked(`[{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Đời sống"}]},{"@type":["Article","BlogPosting"],"headline":"Chợ nổi dời bến","author":{"name":["Đỗ Thị Lan"]}}]`), heading, "Chợ nổi dời bến |  | Đỗ Thị Lan"},
		{"a graph with references", linked(`{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"Chợ nổi dời bến - Báo","datePublished":"2021-07-02"},{"@type":"Article","headline":"Chợ nổi dời bến","author":{"@id":"#lan"}},{"@type":"Person","@id":"#lan","name":"Đỗ Thị Lan"}]}`), heading, "Chợ nổi dời bến | 2021-07-02 | Đỗ Thị Lan"},
		{"the article that the page is, not another", linked(`[{"@type":"Article","headline":"Một bài khác","author":"Ngô Văn Kia"},{"@type":"Article","headline":"Chợ nổi dời bến","author":"Đỗ Thị Lan"}]`), heading, "Chợ nổi dời bến |  | Đỗ Thị Lan"},
		{"careless JSON", linked("//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Chợ nổi\n dời bến\",\"author\":{\"name\":\"Đỗ &amp; Lý Cả\"},}\n//]]>"), heading, "Chợ nổi dời bến |  | Đỗ, Lý Cả"},
		{"people before the name of the site", linked(`{"@type":"Article","author":{"@type":"Organization","name":"Báo Sông"}}`) + `<meta name="author" content="Đỗ Thị Lan">`, heading, "Chợ nổi dời bến |  | Đỗ Thị Lan"},
		{"article:author", `<meta property="article:author" content="Đỗ Thị Lan"><meta property="article:published_time" content="2021-07-02T01:00:00Z">`, heading, "Chợ nổi dời bến | 2021-07-02 | Đỗ Thị Lan"},
		{"article:author as an address names nobody", `<meta property="article:author" content="https://mang.example/lan">`, heading + `<a rel="author" href="/l">Đỗ Thị Lan</a>`, "Chợ nổi dời bến |  | Đỗ Thị Lan"},
		{"meta author", `<meta name="author" content="Đỗ Thị Lan và Lý Sáng"><meta name="pubdate" content="02/07/2021 08:15">`, heading, "Chợ nổi dời bến | 2021-07-02 | Đỗ Thị Lan, Lý Sáng"},
		{"itemprop", "", heading + `<div itemprop="author" itemscope><img><span itemprop="name">Đỗ Thị Lan</span> phóng viên</div><meta itemprop="datePublished" content="2021-07-02">`, "Chợ nổi dời bến | 2021-07-02 | Đỗ Thị Lan"},
		{"a time that was posted", "", heading + `<p><time class="entry-date" datetime="2021-07-02T08:00">hôm qua</time></p>`, "Chợ nổi dời bến | 2021-07-02 | "},
		{"the name of the site behind the title", `<title>Chợ nổi dời bến | Đời sống | Báo Sông</title>`, heading, "Chợ nổi dời bến |  | "},
		{"the heading is the name of the site", `<title>Sông Hậu kể: Chợ nổi dời bến</title><meta property="og:title" content="Chợ nổi dời bến">`, "<h1>Sông Hậu kể</h1><h3>Chợ nổi dời bến</h3>", "Chợ nổi dời bến |  | "},
		{"no heading has the title", `<meta property="og:title" content="Chợ nổi dời bến - Báo Sông"><meta property="og:site_name" content="Báo Sông">`, "<h1>Báo Sông</h1>", "Chợ nổi dời bến |  | "},
	} {
		t.Run(test.name, func(t *testing.T) {
			head := test.head
			if !strings.Contains(head, "<title>") {
				head += "<title>Chợ nổi dời bến - Báo Sông</title>"
			}
			r, err := Read("a.html", []byte("<html><head>"+head+"</head><body>"+test.body+newsText+"</body></html>"))
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Title + " | " + r.Date + " | " + strings.Join(r.Authors, ", "); got != test.want {
				t.Errorf("read %q, want %q", got, test.want)
			}
		})
	}
}

// What says that it is beside the text is left out, but a section of the text that
// is about such things is not.
func TestPageBoilerplate(t *testing.T) {
	for name, test := range map[string]struct {
		box  string
		left bool
	}{
		"a banner above":                       {`<div class="cookieBanner"><p>Trang này lưu tập tin nhỏ trên máy của bạn, xin hãy đồng ý.</p></div>`, true},
		"navigation":                           {`<nav><p>Trang này lưu tập tin nhỏ</p></nav>`, true},
		"a share row":                          {`<ul class="social-share"><li>Trang này lưu tập tin nhỏ</li></ul>`, true},
		"a box with a heading":                 {`<div><h3>Bài liên quan:</h3><ul><li><a href="/a">Trang này lưu tập tin nhỏ</a></li></ul></div>`, true},
		"a heading of related links":           {`<h3>Xem thêm</h3><ul><li><a href="/a">Trang này lưu tập tin nhỏ</a></li></ul>`, true},
		"comments":                             {`<h3>Bình luận (2)</h3><div><p>Trang này lưu tập tin nhỏ trên máy của bạn, xin hãy đồng ý.</p></div>`, true},
		"a box for an address":                 {`<div id="newsletter-box"><p>Trang này lưu tập tin nhỏ</p></div>`, true},
		"a section whose id is its heading":    {`<section id="cookies"><h2>Cookies và luật</h2><p>Trang này lưu tập tin nhỏ trên máy của bạn, xin hãy đồng ý.</p></section>`, false},
		"text under a heading of links":        {`<h2>Xem thêm</h2><p>Trang này lưu tập tin nhỏ trên máy của bạn, xin hãy đồng ý.</p>`, false},
		"what is about the share of something": {`<div class="share"><p>` + strings.Repeat("Trang này lưu tập tin nhỏ trên máy. ", 15) + `</p></div>`, false},
		"a box with a marker":                  {`<aside class="related"><p>Trang này lưu tập tin nhỏ<sup><a href="#fn1">1</a></sup></p></aside><ol><li id="fn1">https://a.com/1</li></ol>`, false},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Read("a.html", []byte("<html><head><title>Cầu Mây mở cửa</title></head><body>"+newsText+test.box+newsText+"</body></html>"))
			if err != nil {
				t.Fatal(err)
			}
			if left := !strings.Contains(wholeReading(r), "lưu tập tin nhỏ"); left != test.left {
				t.Errorf("left out: %v\n%s", left, wholeReading(r))
			}
			if warned := strings.Contains(strings.Join(r.Warnings, "\n"), "left out"); warned != test.left {
				t.Errorf("warnings %q", r.Warnings)
			}
		})
	}
}
