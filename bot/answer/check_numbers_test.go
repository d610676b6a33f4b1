package answer

import (
	"fmt"
	"strings"
	"testing"

	"reportbot/store/text"
)

func TestNumbersOfATextAreOneInEverySpelling(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"12.000 quân", "12000"},
		{"12,000 troops", "12000"},
		{"1,7 tỷ đến 5,5 tỷ đô la", "1700000000 5500000000"},
		{"1.7 to 5.5 billion dollars", "1700000000 5500000000"},
		{"từ 1,2 đến 1,3 triệu quân", "1200000 1300000"},
		{"hơn 90 phần trăm", "90%"},
		{"over 90%", "90%"},
		{"bốn lữ đoàn", "4"},
		{"bốn mươi lăm tỷ", "4.5e+10"},
		{"forty-five men", "45"},
		{"một triệu viên", "1000000"},
		{"một tàu", ""},
		{"hai nước và hai bên", ""},
		{"hai lữ đoàn", "2"},
		{"Hai lữ đoàn", "2"},
		{"Tháng 5 năm 2022: Hai nhịp", "2"},
		{"quân Ba Lan", ""},
		{"ngày 19 tháng 6 năm 2024", ""},
		{"12 000 солдат", "12000"},
		{"năm mươi nghìn", "50000"},
		{"năm 2024", "2024"},
	} {
		words := text.Words(test.text)
		var got []string
		for _, q := range quantities(test.text, words, text.Dates(test.text, words)) {
			number := fmt.Sprintf("%.10g", q.value)
			if q.percent {
				number += "%"
			}
			got = append(got, number)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: %q, want %q", test.text, strings.Join(got, " "), test.want)
		}
	}
}
