package text

import (
	"fmt"
	"strings"
	"testing"
)

func TestDatesInEverySpelling(t *testing.T) {
	for _, test := range []struct{ written, want string }{
		{"ngày 19 tháng 6 năm 2024", "19.6.2024"},
		{"Ngày 19 tháng 6", "19.6.0"},
		{"19 thang 6", "19.6.0"},
		{"tháng 6 năm 2024", "0.6.2024"},
		{"trong tháng 10", "0.10.0"},
		{"từ ngày 8 tháng 10 đến ngày 13 tháng 10", "8.10.0 13.10.0"},
		{"từ ngày 8 đến ngày 13 tháng 10", "8.10.0 13.10.0"},
		{"8-13 October 2024", "8.10.2024 13.10.2024"},
		{"trong các tháng 8-11 năm 2023", "0.8.0 0.11.2023"},
		{"tháng 8–11", "0.8.0 0.11.0"},
		{"October 8 to 13, 2024", "8.10.0 13.10.2024"},
		{"10월 8일부터 13일까지", "8.10.0 13.10.0"},
		{"October 8 saw 13 men", "8.10.0"},
		{"19/6", "19.6.0"},
		{"19/06/2024", "19.6.2024"},
		{"6/2024", "0.6.2024"},
		{"tháng 6/2024", "0.6.2024"},
		{"June 19, 2024", "19.6.2024"},
		{"on June 19th", "19.6.0"},
		{"19 June 2024", "19.6.2024"},
		{"in June 2024", "0.6.2024"},
		{"19 июня 2024 года", "19.6.2024"},
		{"6월 19일", "19.6.0"},
		{"in October", "0.10.0"},
		{"since mid-October", "0.10.0"},
		{"8–13/10", "8.10.0 13.10.0"},
		{"8-10/10/2024", "8.10.2024 10.10.2024"},
		{"the 13th of September", "13.9.0"},
		{"tháng Mười", "0.10.0"},
		{"13 tháng mười hai năm 2023", "13.12.2023"},
		{"tháng giêng", "0.1.0"},
		{"tháng Năm", "0.5.0"},
		{"trong tháng năm nay", ""},
		{"tháng 9/2023", "0.9.2023"},
		{"2024-10-14", "14.10.2024"},
		{"14.10.2024", "14.10.2024"},
		{"10/14/2024", "14.10.2024"},
		{"ngày 14-10-2024", "14.10.2024"},
		{"в октябре 2024", "0.10.2024"},
		{"mục 2.1 và 3.4", ""},
		{"he may 19", ""}, // a verb
		{"Máy 19", ""},    // a machine
		{"cầu Sông Mây. 2023-03-05", "5.3.2023"},
		{"8-10 người", ""},  // a range
		{"40/60", ""},       // a share
		{"1.500/2.000", ""}, // numbers
		{"June", ""},        // a name perhaps
		{"tháng 13", ""},    // no month
		{"năm 2024", ""},    // a year is a number like any other
	} {
		t.Run(test.written, func(t *testing.T) {
			var got []string
			words := Words(test.written)
			for _, d := range Dates(test.written, words) {
				got = append(got, fmt.Sprintf("%d.%d.%d", d.Day, d.Month, d.Year))
				if d.From < 0 || d.To > len(words) || d.From >= d.To {
					t.Errorf("words %d to %d of %d", d.From, d.To, len(words))
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("read %q, want %q", strings.Join(got, " "), test.want)
			}
		})
	}
}

func TestDateTokens(t *testing.T) {
	for _, test := range []struct {
		date Date
		want string
	}{
		{Date{Day: 19, Month: 6, Year: 2024}, "d_6_19 m_2024_6"},
		{Date{Day: 19, Month: 6}, "d_6_19"},
		{Date{Month: 6, Year: 2024}, "m_2024_6"},
		{Date{Month: 6}, ""},
	} {
		if got := strings.Join(test.date.Tokens(), " "); got != test.want {
			t.Errorf("%+v: %q, want %q", test.date, got, test.want)
		}
	}
}
