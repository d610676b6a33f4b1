package text

import (
	"fmt"
	"strings"
	"testing"
)

func TestNumbersInEverySpelling(t *testing.T) {
	for _, test := range []struct{ written, want string }{
		{"12.000 quân", "12000"},
		{"12,000 troops", "12000"},
		{"12 nghìn quân", "12000"},
		{"12k quân", "12000"},
		{"1,5 triệu viên", "1.5e+06"},
		{"1.5 million", "1.5e+06"},
		{"hai triệu rưỡi", "2.5e+06"},
		{"2 tỷ 300 triệu", "2.3e+09"},
		{"1,7 đến 5,5 tỷ đô la", "1.7e+09 5.5e+09"},
		{"từ 1,7 tỷ đến 5,5 tỷ", "1.7e+09 5.5e+09"},
		{"1.2–1.3 million", "1.2e+06 1.3e+06"},
		{"80 phần trăm", "80%"},
		{"80%", "80%"},
		{"80 per cent", "80%"},
		{"từ 5 đến 10%", "5% 10%"},
		{"80 процентов", "80%"},
		{"6 bên", "6"},
		{"sáu bên", "6"},
		{"hai lần", "2"},
		{"móng trụ thứ tư", "4"},
		{"lần thứ hai", "2"},
		{"sáng thứ tư tuần trước", ""},
		{"thứ hai ngày 5", "5"},
		{"hôm thứ Tư", ""},
		{"twice", "2"},
		{"bốn mươi lăm", "45"},
		{"mười hai", "12"},
		{"forty-five", "45"},
		{"one hundred and five", "105"},
		{"a hundred and more", "100"},
		{"hai trăm năm mươi", "250"},
		{"một trăm", "100"},
		{"half a million", "500000"},
		{"a dozen ships", "12"},
		{"two dozen", "24"},
		{"một người", ""}, // an article
		{"năm 2024", "2024"},
		{"năm lữ đoàn", "5"},
		{"năm làn xe", "5"},
		{"năm nay", ""},
		{"Ba Lan", ""},
		{"Ba tàu chở than", "3"},
		{"hàng nghìn quân", "~1000"},
		{"tens of thousands", "~10000"},
		{"двух бригад", "2"},
		{"12 500 солдат", "12500"},
		{"12 тысяч", "12000"},
		{"1만 2000명", "12000"},
		{"5만명", "50000"},
		{"6½ sacks", "6.5"},
		{"máy bay Tu-22MS", ""},
		{"tên lửa KN-23 và F-16", ""},
		{"COVID-19", ""},
		{"nhóm G7 và mạng 5G", ""},
		{"mid-2024", "2024"},
		{"the 155th brigade", "155"},
		{"20-mile march", "20"},
		{"152mm", "152"},
	} {
		t.Run(test.written, func(t *testing.T) {
			words := Words(test.written)
			var got []string
			for _, n := range Numbers(test.written, words, Dates(test.written, words)) {
				if n.From < 0 || n.To > len(words) || n.From >= n.To {
					t.Fatalf("words %d to %d of %d", n.From, n.To, len(words))
				}
				s := fmt.Sprintf("%g", n.Value)
				if n.Percent {
					s += "%"
				}
				if n.Vague {
					s = "~" + s
				}
				got = append(got, s)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("read %q, want %q", strings.Join(got, " "), test.want)
			}
		})
	}
}
