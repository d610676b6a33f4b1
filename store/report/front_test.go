package report

import (
	"strings"
	"testing"
)

// aParagraph is a paragraph that ends what a report begins with.
const aParagraph = "Đoạn văn đầu tiên của bài kết thúc bằng một dấu chấm."

func TestFront(t *testing.T) {
	tests := []struct {
		name     string
		lines    string // the short lines, | between them
		title    string
		date     string
		authors  []string
		sections []string
		facts    []string // paragraphs above aParagraph
	}{
		{
			name: "the date first", lines: "Ngày 1 tháng 11 năm 2024 – Nhà xuất bản|Bài viết về mùa màng|An Nguyễn, Bình Lê và Chi Trần|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", authors: []string{"An Nguyễn", "Bình Lê", "Chi Trần"}, sections: []string{"Mở đầu"},
		},
		{
			name: "the title first", lines: "Bài viết về mùa màng|1/11/2024|Tác giả: An Nguyễn|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", authors: []string{"An Nguyễn"}, sections: []string{"Mở đầu"},
		},
		{
			name: "English", lines: "On the Harvest|By Ann Smith and Bob de Vries|November 1, 2024|Key takeaways",
			title: "On the Harvest", date: "2024-11-01", authors: []string{"Ann Smith", "Bob de Vries"}, sections: []string{"Key takeaways"},
		},
		{
			name: "authors before the date, one of them", lines: "On the Harvest|Ann Smith|1 Nov 2024|Overview",
			title: "On the Harvest", date: "2024-11-01", authors: []string{"Ann Smith"}, sections: []string{"Overview"},
		},
		{
			name: "a comma before the last author's and", lines: "On the Harvest|Ann Smith, Bob Lee, and Cy Young|Overview",
			title: "On the Harvest", authors: []string{"Ann Smith", "Bob Lee", "Cy Young"}, sections: []string{"Overview"},
		},
		{
			name: "a fact under a label is text", lines: "1.11.2024|Bài viết về mùa màng|Số liệu chốt: 17:00 ngày 25 tháng 10 năm 2024|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", sections: []string{"Mở đầu"},
			facts: []string{"Số liệu chốt: 17:00 ngày 25 tháng 10 năm 2024"},
		},
		{
			name: "a fact above the date is in the report's year", lines: "Bài viết về mùa màng|Số liệu chốt: ngày 25 tháng 10|2024-11-01|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", sections: []string{"Mở đầu"},
			facts: []string{"Số liệu chốt: ngày 25 tháng 10"},
		},
		{
			name: "the date under a label", lines: "Bài viết về mùa màng|Ngày đăng: 1 tháng 11 năm 2024|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", sections: []string{"Mở đầu"},
		},
		{
			name: "a title that ends in the date", lines: "A Long Look at Harvests, November 1, 2024|Ann Smith and Bob Lee|Key takeaways",
			title: "A Long Look at Harvests, November 1, 2024", date: "2024-11-01", authors: []string{"Ann Smith", "Bob Lee"}, sections: []string{"Key takeaways"},
		},
		{
			name: "a title that ends in the date, and a heading", lines: "Bài viết dài về mùa màng, ngày 1 tháng 11 năm 2024|Mở đầu",
			title: "Bài viết dài về mùa màng, ngày 1 tháng 11 năm 2024", date: "2024-11-01", sections: []string{"Mở đầu"},
		},
		{
			name: "a title that ends in the date, alone", lines: "Bài viết dài về mùa màng, ngày 1 tháng 11 năm 2024",
			title: "Bài viết dài về mùa màng, ngày 1 tháng 11 năm 2024", date: "2024-11-01",
		},
		{
			name: "a long title with a date in it", lines: "Bài viết rất dài về mùa màng ở đồng bằng trước và sau ngày 1 tháng 11 năm 2024, phần một|Mở đầu",
			title: "Bài viết rất dài về mùa màng ở đồng bằng trước và sau ngày 1 tháng 11 năm 2024, phần một", date: "2024-11-01", sections: []string{"Mở đầu"},
		},
		{
			name: "a long second line with the date in it is text", lines: "Bài viết về mùa màng|Nhìn từ đồng bằng và miền núi trước và sau ngày 1 tháng 11 năm 2024, có kèm số liệu|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", sections: []string{"Mở đầu"},
			facts: []string{"Nhìn từ đồng bằng và miền núi trước và sau ngày 1 tháng 11 năm 2024, có kèm số liệu"},
		},
		{
			name: "a title that ends in the date, and one author", lines: "A Long Look at Harvests, November 1, 2024|By Ann Smith|Key takeaways",
			title: "A Long Look at Harvests, November 1, 2024", date: "2024-11-01", authors: []string{"Ann Smith"}, sections: []string{"Key takeaways"},
		},
		{
			name: "a publisher before the date, and a title of capital words", lines: "Institute for the Study of Rice, November 1, 2024|Long Season Rice Harvest|Key takeaways",
			title: "Long Season Rice Harvest", date: "2024-11-01", sections: []string{"Key takeaways"},
		},
		{
			name: "a short publisher's name before the date", lines: "Báo Gạo, ngày 1 tháng 11 năm 2024|Bài viết về mùa màng",
			title: "Bài viết về mùa màng", date: "2024-11-01",
		},
		{
			name: "a fact first of all", lines: "Số liệu chốt: ngày 25 tháng 10|Bài viết về mùa màng|1/11/2024|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", sections: []string{"Mở đầu"}, facts: []string{"Số liệu chốt: ngày 25 tháng 10"},
		},
		{
			name: "a second date is text", lines: "Bài viết về mùa màng|1/11/2024|Sửa lần cuối 5/12/2024|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", sections: []string{"Mở đầu"}, facts: []string{"Sửa lần cuối 5/12/2024"},
		},
		{
			name: "what looks like names and isn't", lines: "Bài viết về mùa màng|Mùa Lúa Của Bà Con Đồng Bằng và Ngô Sắn|Mở đầu",
			title: "Bài viết về mùa màng", sections: []string{"Mùa Lúa Của Bà Con Đồng Bằng và Ngô Sắn › Mở đầu"},
		},
		{
			name: "nor are they with digits", lines: "Bài viết về mùa màng|Covid19 Gạo, Covid19 Ngô|Mở đầu",
			title: "Bài viết về mùa màng", sections: []string{"Covid19 Gạo, Covid19 Ngô › Mở đầu"},
		},
		{
			name: "a publisher's name before the date", lines: "Viện Nghiên cứu Lúa Gạo, ngày 1 tháng 11 năm 2024|Bài viết về mùa màng|An Nguyễn và Bình Lê|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", authors: []string{"An Nguyễn", "Bình Lê"}, sections: []string{"Mở đầu"},
		},
		{
			name: "a second line of the title is text", lines: "Bài viết về mùa màng|Nhìn từ đồng bằng|1/11/2024|An Nguyễn và Bình Lê|Mở đầu",
			title: "Bài viết về mùa màng", date: "2024-11-01", authors: []string{"An Nguyễn", "Bình Lê"}, sections: []string{"Mở đầu"},
			facts: []string{"Nhìn từ đồng bằng"},
		},
		{
			name: "a title that goes on in a second line", lines: "Bài viết về mùa màng|nhìn từ đồng bằng|1/11/2024|An Nguyễn và Bình Lê|Mở đầu",
			title: "Bài viết về mùa màng nhìn từ đồng bằng", date: "2024-11-01", authors: []string{"An Nguyễn", "Bình Lê"}, sections: []string{"Mở đầu"},
		},
		{
			name: "a title alone", lines: "Bài viết về mùa màng", title: "Bài viết về mùa màng",
		},
		{
			name: "a title and a heading", lines: "Bài viết về mùa màng|Mở đầu", title: "Bài viết về mùa màng", sections: []string{"Mở đầu"},
		},
		{
			name: "a heading of capital words is no author", lines: "On the Harvest|Key Takeaways", title: "On the Harvest", sections: []string{"Key Takeaways"},
		},
		{
			name: "a title and two headings in a row", lines: "Bài viết về mùa màng|Mở đầu|Bối cảnh chung",
			title: "Bài viết về mùa màng", sections: []string{"Mở đầu › Bối cảnh chung"},
		},
		{
			name: "no date that can't be", lines: "Bài viết về mùa màng|31/2/2024|Mở đầu", title: "Bài viết về mùa màng", sections: []string{"31/2/2024 › Mở đầu"},
		},
		{
			name: "a month is kept", lines: "Bài viết về mùa màng|Tháng 6 năm 2019|Mở đầu", title: "Bài viết về mùa màng", sections: []string{"Tháng 6 năm 2019 › Mở đầu"},
		},
		{name: "no front at all"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			lines := append(strings.Split(test.lines, "|"), aParagraph)
			r := read(t, lines...)
			if r.Title != test.title || r.Date != test.date {
				t.Errorf("title %q, date %q; want %q, %q", r.Title, r.Date, test.title, test.date)
			}
			same(t, "authors", r.Authors, test.authors)
			same(t, "sections", r.Sections, test.sections)
			same(t, "paragraphs", paragraphs(r), append(test.facts, aParagraph))
			if test.date != "" {
				for _, p := range r.Paragraphs {
					if p.Year != 2024 {
						t.Errorf("paragraph %d is in the year %d", p.N, p.Year)
					}
				}
			}
		})
	}
}

func TestDates(t *testing.T) {
	for line, want := range map[string]string{
		"Ngày 1 tháng 11 năm 2024":                   "2024-11-01",
		"1 tháng 11, năm 2024":                       "2024-11-01",
		"ngày 01 tháng 1/2024":                       "2024-01-01",
		"Ngày 1-11-2024":                             "2024-11-01",
		"01.11.2024":                                 "2024-11-01",
		"2024-11-01":                                 "2024-11-01",
		"November 1, 2024":                           "2024-11-01",
		"Nov. 1st 2024":                              "2024-11-01",
		"Sept 30, 2024":                              "2024-09-30",
		"1 November 2024":                            "2024-11-01",
		"3rd of things, 3 May 2024":                  "2024-05-03",
		"nga\u0300y 1 tha\u0301ng 11 na\u0306m 2024": "2024-11-01", // NFD
		"tháng 11 năm 2024":                          "",
		"30/2/2024":                                  "",
		"11/25/2024":                                 "",
		"2024":                                       "",
	} {
		if got, _, _ := parseDate(line); got != want {
			t.Errorf("parseDate(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestLongLineIsAParagraph(t *testing.T) {
	long := strings.Repeat("chữ ", 50) + "cuối" // 204 characters, no full stop
	r := read(t, long, "Mở đầu", aParagraph)
	if r.Title != "" {
		t.Errorf("title %q", r.Title)
	}
	same(t, "paragraphs", paragraphs(r), []string{long, aParagraph})
	same(t, "sections", r.Sections, []string{"Mở đầu"})

	short := strings.TrimSpace(strings.Repeat("chữ ", 50)) // 199 characters
	if r := read(t, short, aParagraph); r.Title != short {
		t.Errorf("a first line of 199 characters is no title: %q", r.Title)
	}
}

func TestOnlyShortLines(t *testing.T) {
	r := read(t, "Ngày 1 tháng 11 năm 2024", "Nga bán gạo", "Lào mua gạo", "Nguồn:", "[1] https://a.com/1")
	same(t, "paragraphs", paragraphs(r), []string{"Ngày 1 tháng 11 năm 2024", "Nga bán gạo", "Lào mua gạo"})
	if r.Title != "" || len(r.Sections) > 0 {
		t.Errorf("title %q, sections %q", r.Title, r.Sections)
	}
}

func TestALabelledLineNamesNoAuthors(t *testing.T) {
	same(t, "authors", read(t, "Bài viết", "Category: Standards Track", "Mở đầu", aParagraph).Authors, nil)
}

// A table at the head of a report is text, as below; only its cells with figures tell it
// from a letterhead.
func TestATableAboveTheFirstSentence(t *testing.T) {
	r := read(t, "NGÂN HÀNG SAO MAI", "BÁO CÁO QUÝ III", "", "Chỉ tiêu\tMục\t30/09/2024", "Tiền mặt\tV.1\t1.234", "Tiền gửi\tV.2\t(5.678)", "Tổng\t\t6.912", "", aParagraph)
	same(t, "paragraphs", paragraphs(r)[:4], []string{"Chỉ tiêu | Mục | 30/09/2024", "Tiền mặt | V.1 | 1.234", "Tiền gửi | V.2 | (5.678)", "Tổng | 6.912"})
	if r.Date != "" {
		t.Errorf("date %q is that of a column", r.Date)
	}
}
