package report

import (
	"strings"
	"testing"
)

// newsPage is a page as news sites make them.
func newsPage(article string) string {
	return `<!doctype html><html lang="vi"><head><title>Cầu Mây mở cửa sau bốn năm | Báo Sông</title>
<meta property="og:title" content="Cầu Mây mở cửa sau bốn năm"><meta name="author" content="Trần Thu Hà">
<meta property="article:published_time" content="2023-03-05T08:00:00+07:00"></head><body>
<header><div class="menu"><a href="/">Trang chủ</a> <a href="/the-thao">Thể thao</a> <a href="/kinh-te">Kinh tế</a></div></header>
<div class="cookie-banner"><p>Trang này dùng cookie để phục vụ bạn tốt hơn, xin hãy đồng ý.</p><button>Đồng ý</button></div>
<main><article><h1>Cầu Mây mở cửa sau bốn năm</h1><p class="byline">Trần Thu Hà</p>` + article + `</article></main>
<aside class="related"><h3>Bài liên quan</h3><ul><li><a href="/a">Đội bóng tỉnh thắng trận thứ ba liên tiếp</a></li><li><a href="/b">Giá vàng hôm nay tăng mạnh</a></li></ul></aside>
<div class="share"><a href="/f">Chia sẻ lên mạng xã hội</a></div>
<footer><p>© 2023 Báo Sông. Mọi quyền được bảo lưu.</p></footer></body></html>`
}

const newsText = `<p>Cầu Sông Mây, nối hai bờ huyện Thạch Lâm, được mở cho xe qua lại vào sáng nay sau bốn năm xây dựng, với sự có mặt của nhiều người dân trong vùng.</p>
<p>Theo tỉnh, tổng kinh phí của cây cầu là 865 tỷ đồng, cao hơn dự toán 12 phần trăm, do lũ cuốn trôi hai sà lan chở thép vào tháng 1 năm 2020.</p>
<h2>Việc còn lại</h2>
<p>Trạm cân xe ở bờ nam vẫn chưa hoạt động, vì thiếu phần mềm; nhà thầu hứa lắp xong trước mùa mưa năm nay, và tỉnh sẽ kiểm tra lại vào cuối quý.</p>
<p>Người dân quanh vùng gọi nó là cầu Mây, và đã quen đi bộ trên lối đi ở phía đông của cây cầu, nơi có lan can màu xanh ngọc.</p>`

func TestPageMainText(t *testing.T) {
	r, err := Read("a.html", []byte(newsPage(newsText)))
	if err != nil {
		t.Fatal(err)
	}
	if r.Title != "Cầu Mây mở cửa sau bốn năm" || r.Date != "2023-03-05" || strings.Join(r.Authors, ", ") != "Trần Thu Hà" {
		t.Errorf("title %q, date %q, authors %q", r.Title, r.Date, r.Authors)
	}
	got := wholeReading(r)
	for _, other := range []string{"cookie", "Giá vàng", "Chia sẻ", "Trang chủ", "bảo lưu"} {
		if strings.Contains(got, other) {
			t.Errorf("%q is read as text:\n%s", other, got)
		}
	}
	for _, own := range []string{"mở cho xe qua lại", "865 tỷ đồng", "(Việc còn lại) Trạm cân", "cầu Mây, và đã quen"} {
		if !strings.Contains(got, own) {
			t.Errorf("%q is not read:\n%s", own, got)
		}
	}
	if !strings.Contains(strings.Join(r.Warnings, "\n"), "words beside the main text of the page are left out") {
		t.Errorf("warnings %q", r.Warnings)
	}
}

// The text of the library is used only where every marked note survives.
func TestPageMarkersAreNeverDropped(t *testing.T) {
	page := strings.Replace(newsPage(newsText), "Giá vàng hôm nay tăng mạnh</a>", `Giá vàng hôm nay tăng mạnh</a><sup><a href="#fn1">[1]</a></sup>`, 1)
	page = strings.Replace(page, "<footer>", `<ol><li id="fn1">https://a.com/1</li></ol><footer>`, 1)
	r, err := Read("a.html", []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	if got := wholeReading(r); !strings.Contains(got, "Giá vàng hôm nay tăng mạnh {1}") || !strings.Contains(got, "1: https://a.com/1") {
		t.Errorf("read\n%s", got)
	}
}
