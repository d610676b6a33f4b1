package claim

import (
	"testing"

	"reportbot/store/text"
)

// A statement is contradicted by a sentence that differs from it in one thing.
func TestContradictions(t *testing.T) {
	const (
		troops = "Nga đã nhận 12.000 quân và 20 khẩu pháo của Triều Tiên vào ngày 8 tháng 10, theo tình báo Hàn Quốc."
		photos = "Triều Tiên tuyên bố rằng vệ tinh đã chụp ảnh các căn cứ quân sự của Hoa Kỳ ở Donetsk."
		denial = "Các quan chức Nga không phủ nhận báo cáo về quân đội Triều Tiên."
		renew  = "Hai nước đã gia hạn hiệp ước phòng thủ chung năm 1961."
		talks  = "Putin đã tiếp Kim tại Moscow vào tháng 9 năm 2023."
		gained = "Giá trị thương mại giữa hai nước đã tăng mạnh trong năm 2023."
	)
	for _, test := range []struct {
		name, said, sentence string
		rule                 Rule // empty: not contradicted
	}{
		{"another number of the same things", "Nga nhận 15.000 quân Triều Tiên.", troops, Number},
		{"in talk, without marks", "nga nhan 15 nghin quan trieu tien luon", troops, Number},
		{"the number of other things", "Nga nhận 15.000 xe tải của Triều Tiên.", troops, ""},
		{"the same number", "Nga nhận 12 nghìn quân Triều Tiên.", troops, ""},
		{"a number that the sentence leaves open", "Nga mất 300 quân ở Kursk.", photos, ""},
		{"another day", "Ngày 9 tháng 9 Nga nhận 12.000 quân của Triều Tiên.", troops, Date},
		{"another year", "Hai nước gia hạn hiệp ước phòng thủ chung năm 1971.", renew, Date},
		{"a number like a year", "Nga nhận 2024 quân Triều Tiên.", troops, ""}, // the report's year
		{"another month", "Putin tiếp Kim tại Moscow hồi tháng 3/2023.", talks, Date},
		{"another place", "Vệ tinh Triều Tiên chụp ảnh căn cứ quân sự của Mỹ ở Luhansk.", photos, Name},
		{"a name of another kind", "Vệ tinh Triều Tiên chụp ảnh căn cứ quân sự của Mỹ ở Putin.", photos, ""},
		{"two facts differ: another event", "Ngày 9 tháng 9 Nga nhận 15.000 quân của Triều Tiên.", troops, ""},
		{"denied", "Nga không nhận 12.000 quân của Triều Tiên.", troops, Negation},
		{"denied with stress", "Nga chưa bao giờ nhận quân nào của Triều Tiên cả.", troops, Negation},
		{"without the sentence's denial", "Quan chức Nga phủ nhận báo cáo về quân đội Triều Tiên.", denial, Negation},
		{"the same denial in other words", "Quan chức Nga tránh phủ nhận báo cáo về quân đội Triều Tiên.", denial, ""},
		{"with the sentence's denial", "Quan chức Nga không phủ nhận báo cáo về quân đội Triều Tiên.", denial, ""},
		{"an opposite", "Thương mại giữa hai nước giảm mạnh trong năm 2023.", gained, Negation},
		{"an opposite, in English", "Trade between the two countries fell sharply in 2023.", "Trade between the two countries rose sharply in 2023.", Negation},
		{"much else besides", "Nga nhận 15.000 quân Triều Tiên, cho ăn ở trong trại lính cũ rồi phát súng trường.", troops, ""},
		{"nothing to compare", "12.", troops, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := New(reader, Report{}, []Source{{Text: test.sentence, Paragraph: 1, Year: 2024}}, text.Vietnamese)
			found, ok := c.Contradiction(c.Statement(test.said), 0)
			if ok != (test.rule != "") || found.Rule != test.rule {
				t.Errorf("%q over %q: %v, %+v; want %q", test.said, test.sentence, ok, found, test.rule)
			}
			if ok && found.Detail == "" {
				t.Error("without a detail")
			}
		})
	}
}

func TestCoverage(t *testing.T) {
	sources := []Source{
		{Text: "Nga nhận 12.000 quân của Triều Tiên.", Paragraph: 1},
		{Text: "Nga nhận nhiều quân.", Paragraph: 2},
		{Text: "Cây cầu dài 300 mét.", Paragraph: 3},
	}
	c := New(reader, Report{}, sources, text.Vietnamese)
	s := c.Statement("Nga nhận 12 nghìn quân từ Triều Tiên.")
	all, some, none := c.Coverage(s, 0), c.Coverage(s, 1), c.Coverage(s, 2)
	if !(all > .8 && all > some && some > none && none == 0) {
		t.Errorf("coverage %.2f, %.2f, %.2f", all, some, none)
	}
	if empty := c.Coverage(c.Statement(""), 0); empty != 0 {
		t.Errorf("a statement without words is covered to %.2f", empty)
	}
}

// FuzzContradiction checks that any two texts can be compared, and that no text
// contradicts itself.
func FuzzContradiction(f *testing.F) {
	f.Add("Nga không nhận 15.000 quân ngày 9/9.", "Nga nhận 12.000 quân ngày 8 tháng 10.")
	f.Add("không", "chưa")
	f.Add("Trade fell 12% in 2023, ever", "trade rose")
	f.Fuzz(func(t *testing.T, said, sentence string) {
		sources := []Source{{Text: text.Clean(sentence), Paragraph: 1}, {Text: text.Clean(said), Paragraph: 2}}
		c := New(reader, Report{}, sources, text.Vietnamese)
		s := c.Statement(said)
		c.Contradiction(s, 0)
		if share := c.Coverage(s, 0); share < 0 || share > 1 {
			t.Errorf("coverage %v", share)
		}
		if found, ok := c.Contradiction(s, 1); ok {
			t.Errorf("%q denies itself: %+v", said, found)
		}
	})
}
