package report

import "testing"

// A line that ends in a colon leads in the list below it, or heads its paragraphs.
func TestListIntroductions(t *testing.T) {
	const intro = "Bến đò\n\nBến mở cửa cả năm, trừ ba ngày Tết.\n\n"
	const long = "- Chủ thuyền giữ thuyền sạch. Mỗi tháng thuyền được rửa một lần, và vỏ thuyền được sơn lại trước mùa mưa.\n"
	for _, test := range []struct{ name, text, want string }{
		{"letters", "Chủ thuyền phải làm các việc sau:\na) rửa thuyền;\nb) sơn vỏ thuyền;\nđ) trả tiền bến.",
			"Chủ thuyền phải làm các việc sau: {}\na) rửa thuyền; {}\nb) sơn vỏ thuyền; {}\nđ) trả tiền bến. {}"},
		{"numbers", "Chủ thuyền phải làm các việc sau:\n1. Rửa thuyền\n2. Sơn vỏ thuyền", "Chủ thuyền phải làm các việc sau: {}\n1. Rửa thuyền {}\n2. Sơn vỏ thuyền {}"},
		{"bullets between blank lines", "Chủ thuyền phải làm các việc sau:\n\n- rửa thuyền\n\n- sơn vỏ thuyền", "Chủ thuyền phải làm các việc sau: {}\nrửa thuyền {}\nsơn vỏ thuyền {}"},
		{"whole paragraphs right below it", "Chủ thuyền phải làm các việc sau:\n" + long, "Chủ thuyền phải làm các việc sau: {}\nChủ thuyền giữ thuyền sạch. {} Mỗi tháng thuyền được rửa một lần, và vỏ thuyền được sơn lại trước mùa mưa. {}"},
		{"a heading over whole paragraphs", "Những việc phải làm:\n\n" + long, "(Những việc phải làm) Chủ thuyền giữ thuyền sạch. {} Mỗi tháng thuyền được rửa một lần, và vỏ thuyền được sơn lại trước mùa mưa. {}"},
		{"a heading over text", "Những việc phải làm:\n\nChủ thuyền giữ thuyền sạch.", "(Những việc phải làm) Chủ thuyền giữ thuyền sạch. {}"},
		{"the heading of notes", "Bến có 12 thuyền (1).\n\nNguồn:\n1. Sổ bến", "Bến có 12 thuyền. {1}\n1: Sổ bến"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, intro+test.text)
			want := "Bến mở cửa cả năm, trừ ba ngày Tết. {}\n" + test.want
			if got := wholeReading(r); got != want {
				t.Errorf("read\n%s\nwant\n%s", got, want)
			}
		})
	}
	// Where no blank line stands anywhere, every line stands by itself.
	r := read(t, "Bến đò\nBến mở cửa cả năm.\nNhững việc phải làm:\n"+long)
	if r.Paragraphs[1].Section != "Những việc phải làm" {
		t.Errorf("sections %q", r.Sections)
	}
}

// A line with a number is a heading where text stands below each such line.
func TestNumberedHeadings(t *testing.T) {
	const intro = "Bến đò\n\nBến mở cửa cả năm.\n\n"
	for _, test := range []struct{ name, text, want string }{
		{"sections", "1. An toàn\n\nHai vụ tai nạn được ghi lại.\n\n2. Triển vọng\n\nBến chờ 1.300 chuyến.\n\n2.1. Chi phí\n\nBến cần 3 tỉ đồng.",
			"(1. An toàn) Hai vụ tai nạn được ghi lại. {}\n(2. Triển vọng) Bến chờ 1.300 chuyến. {}\n(2.1. Chi phí) Bến cần 3 tỉ đồng. {}"},
		{"items", "1. Sửa cầu\n\n2. Thay phao\n\nXong thì báo lại.", "1. Sửa cầu {}\n2. Thay phao {}\nXong thì báo lại. {}"},
		{"a clause among others", "1. Chủ thuyền nộp phí.\n\n2. Ban quản lý\n\nBan thu phí.", "1. Chủ thuyền nộp phí. {}\n2. Ban quản lý {}\nBan thu phí. {}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got, want := wholeReading(read(t, intro+test.text)), "Bến mở cửa cả năm. {}\n"+test.want; got != want {
				t.Errorf("read\n%s\nwant\n%s", got, want)
			}
		})
	}
}
