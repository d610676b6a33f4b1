package claim

import (
	"testing"

	"reportbot/retrieval"
	"reportbot/store/text"
)

func TestASentenceIsChangedOnlyIfItSaysSomethingElse(t *testing.T) {
	concepts := retrieval.New(nil).Concepts()
	for _, test := range []struct {
		name          string
		before, after string
		want          Rule // empty: it says the same
	}{
		// Facts.
		{"a number", "Cầu dài 1.200 mét.", "Cầu dài 1.250 mét.", Number},
		{"a number near by", "Khoảng 3.000 quân đã tới.", "Khoảng 3.100 quân đã tới.", Number},
		{"a number in other spelling", "Cầu dài 1.200 mét và có 2 làn.", "Cầu dài 1200 mét và có hai làn.", ""},
		{"a number is gone", "Nga gửi 3.000 quân tới biên giới.", "Nga gửi quân tới biên giới.", Number},
		{"a number becomes a range", "Cầu dài 1.200 mét.", "Cầu dài 1.200 đến 1.500 mét.", Number},
		{"a number more", "Cầu dài 1.200 mét.", "Cầu dài 1.200 mét và rộng 14 mét.", ""},
		{"a percentage", "Giá tăng 5%.", "Giá tăng 5.", Number},
		{"a small number", "Hai nước đã ký hiệp ước.", "Ba nước đã ký hiệp ước.", Number},
		{"a count left out", "Cả hai bên đã ký hiệp ước.", "Các bên đã ký hiệp ước.", ""},
		{"a date", "Cuộc gặp diễn ra ngày 14 tháng 10 năm 2024.", "Cuộc gặp diễn ra ngày 15 tháng 10 năm 2024.", Date},
		{"a month", "Cầu khánh thành vào tháng 4 năm 2019.", "Cầu khánh thành vào tháng 5 năm 2019.", Date},
		{"a year", "Cầu khánh thành năm 2019.", "Cầu khánh thành năm 2018.", Number},
		{"a date in other spelling", "Cuộc gặp diễn ra ngày 14 tháng 10 năm 2024.", "Cuộc gặp diễn ra ngày 14/10/2024.", ""},
		{"a name", "Ông Putin gặp Kim Jong-un ở Vladivostok.", "Ông Putin gặp Kim Jong-un ở Bình Nhưỡng.", Name},
		{"a name in other spelling", "Triều Tiên gửi quân.", "Bắc Triều Tiên gửi quân.", ""},
		{"a name more", "Kim gặp Putin.", "Kim gặp Putin và Lavrov.", ""},
		{"a name and he", "Putin gặp Kim ở Moskva hôm qua.", "Ông gặp Kim ở Moskva hôm qua.", ""},
		{"another body", "Bộ Quốc phòng đã xác nhận tin này.", "Bộ Ngoại giao đã xác nhận tin này.", Name},
		{"names change places", "Nga tấn công Ukraine.", "Ukraine tấn công Nga.", Meaning},
		{"numbers change places", "Có 10 người chết và 12 người bị thương.", "Có 12 người chết và 10 người bị thương.", Meaning},

		// Polarity.
		{"a negation", "Nga đã xác nhận tin này.", "Nga không xác nhận tin này.", Negation},
		{"no negation any more", "Cầu chưa mở cho xe tải.", "Cầu đã mở cho xe tải.", Negation},
		{"a negation in other words", "Nga không đồng ý với đề nghị ngừng bắn của Ukraine.", "Nga bác đề nghị ngừng bắn của Ukraine.", ""},
		{"another thing is denied", "Nga xác nhận là họ không gửi quân.", "Nga không xác nhận là họ gửi quân.", Negation},
		{"air forces deny nothing", "Không quân đã tới.", "Lực lượng không quân đã tới.", ""},
		{"maybe", "Nga đã gửi quân.", "Nga có thể đã gửi quân.", Negation},
		{"maybe in other words", "Nga có thể đã gửi quân.", "Nga có khả năng đã gửi quân.", ""},
		{"the opposite", "Số xe qua cầu tăng mạnh.", "Số xe qua cầu giảm mạnh.", Meaning},
		{"the future is past", "Nga sẽ gửi quân.", "Nga đã gửi quân.", Meaning},
		{"at least, at most", "Có ít nhất 30 người.", "Có nhiều nhất 30 người.", Meaning},

		// Wording.
		{"a synonym", "Ông nói cầu rất vững.", "Ông cho biết cầu rất vững.", ""},
		{"another order", "Năm 2021, cầu được sửa chữa.", "Cầu được sửa chữa vào năm 2021.", ""},
		{"a small word", "Cầu được sửa chữa suốt năm 2021.", "Cầu này được sửa chữa trong suốt năm 2021.", ""},
		{"a part is gone", "Cầu được sửa chữa, còn đường dẫn phía bờ sông bị sạt lở nặng phải làm mới.", "Cầu được sửa chữa.", Meaning},
		{"another matter", "Cầu được sửa chữa kỹ càng.", "Dòng sông đổi màu bất ngờ.", Meaning},

		// English.
		{"an English number", "The bridge is 1,200 metres long.", "The bridge is 1,300 metres long.", Number},
		{"an English date", "They met on October 14, 2024.", "They met on 14 October 2024.", ""},
		{"an English negation", "Russia confirmed the report.", "Russia has not confirmed the report.", Negation},
		{"English wording", "Traffic over the bridge rose sharply last year.", "Last year the traffic over the bridge rose steeply.", ""},
		{"an English opposite", "Traffic rose last year.", "Traffic fell last year.", Meaning},
	} {
		t.Run(test.name, func(t *testing.T) {
			language := text.LanguageOf(test.before, text.Vietnamese)
			found, changed := Changed(concepts, language, Source{Text: test.before}, Source{Text: test.after})
			if found.Rule != test.want || changed != (test.want != "") {
				t.Errorf("%s\n%s\ngot %q (%s), want %q", test.before, test.after, found.Rule, found.Detail, test.want)
			}
		})
	}
}
