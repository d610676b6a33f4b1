package report

import (
	"strings"
	"testing"
)

// A mail says whose it is, when it was sent, and what it is about.
func TestMails(t *testing.T) {
	const body = "\nBến mở cửa từ 6 giờ.\n"
	for _, test := range []struct{ name, text, title, date, authors, read string }{
		{"as programs save them", "From: An Nguyễn <an@example.org>\nTo: team@example.org\nSubject: Tuần này ở bến\nDate: Mon, 4 Mar 2024 08:00:00 +0700\n" + body,
			"Tuần này ở bến", "2024-03-04", "An Nguyễn", "To: team@example.org {}\nBến mở cửa từ 6 giờ. {}"},
		{"in Vietnamese", "Từ: \"An Nguyễn\" <an@example.org>\nNgày gửi: 4 tháng 3 năm 2024\nChủ đề: Tuần này ở bến\n" + body, "Tuần này ở bến", "2024-03-04", "An Nguyễn", "Bến mở cửa từ 6 giờ. {}"},
		{"encoded", "Subject: =?UTF-8?B?QuG6v24=?=\nFrom: an@example.org\n" + body, "Bến", "", "", "Bến mở cửa từ 6 giờ. {}"},
		{"no mail", "Từ: nguồn tin trong xã\nBến thuyền\n" + body, "Từ: nguồn tin trong xã", "", "", "(Bến thuyền) Bến mở cửa từ 6 giờ. {}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, test.text)
			if got := wholeReading(r); r.Title != test.title || r.Date != test.date || strings.Join(r.Authors, ", ") != test.authors || got != test.read {
				t.Errorf("title %q, date %q, authors %q, read\n%s", r.Title, r.Date, r.Authors, got)
			}
		})
	}
}
