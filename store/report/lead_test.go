package report

import "testing"

// A line that ends in a colon leads in the list below it, or heads its paragraphs.
func TestLinesThatLeadInLists(t *testing.T) {
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
