package bot

import (
	"testing"

	"reportbot/bot/summary"
	"reportbot/store/text"
)

func TestWhatMaySummaryBeAskedFor(t *testing.T) {
	sections := []string{"Tổng quan", "Tình hình hiện tại", "Quan hệ Nga-Triều Tiên, từ năm 2022", "Ý nghĩa › Tình hình quân sự"}
	const vi, en = text.Vietnamese, text.English
	const short, medium, long = summary.Short, summary.Medium, summary.Long
	for _, test := range []struct {
		args string
		in   text.Language // of the chat
		want summary.Request
	}{
		{"", vi, summary.Request{Length: medium, Language: vi}},
		{"", en, summary.Request{Length: medium, Language: en}},
		{" \u200b ", vi, summary.Request{Length: medium, Language: vi}},
		{"ngắn", vi, summary.Request{Length: short, Language: vi}},
		{"ngan", vi, summary.Request{Length: short, Language: vi}},
		{"Dài!", vi, summary.Request{Length: long, Language: vi}},
		{"vua", en, summary.Request{Length: medium, Language: vi}},
		{"long", vi, summary.Request{Length: long, Language: en}},
		{"short", en, summary.Request{Length: short, Language: en}},
		{"toàn bộ báo cáo", vi, summary.Request{Length: medium, Language: vi}},
		{"dai ca bao cao", vi, summary.Request{Length: long, Language: vi}},
		{"the report, short", en, summary.Request{Length: short, Language: en}},

		{"2", vi, summary.Request{Section: sections[1], Length: medium, Language: vi}},
		{"2", en, summary.Request{Section: sections[1], Length: medium, Language: en}},
		{"phần 1 ngắn", vi, summary.Request{Section: sections[0], Length: short, Language: vi}},
		{"phan 1", vi, summary.Request{Section: sections[0], Length: medium, Language: vi}},
		{"long section 3", en, summary.Request{Section: sections[2], Length: long, Language: en}},
		{"Tổng quan", en, summary.Request{Section: sections[0], Length: medium, Language: en}},
		{"tinh hinh hien tai", vi, summary.Request{Section: sections[1], Length: medium, Language: vi}},
		{"mục tình hình hiện tại, dài", vi, summary.Request{Section: sections[1], Length: long, Language: vi}},
		{"quan hệ nga triều tiên", vi, summary.Request{Section: sections[2], Length: medium, Language: vi}},
		{"tình hình quân sự", vi, summary.Request{Section: sections[3], Length: medium, Language: vi}},

		{"về vũ khí hạt nhân", vi, summary.Request{Topic: "vũ khí hạt nhân", Length: medium, Language: vi}},
		{"ve vu khi hat nhan", vi, summary.Request{Topic: "vu khi hat nhan", Length: medium, Language: vi}},
		{"về vũ khí hạt nhân ngắn", vi, summary.Request{Topic: "vũ khí hạt nhân", Length: short, Language: vi}},
		{"ngắn về vũ khí hạt nhân", vi, summary.Request{Topic: "vũ khí hạt nhân", Length: short, Language: vi}},
		{"about nuclear weapons, long", vi, summary.Request{Topic: "nuclear weapons", Length: long, Language: en}},
		{"về tên lửa đạn đạo tầm ngắn", vi, summary.Request{Topic: "tên lửa đạn đạo tầm ngắn", Length: medium, Language: vi}},
		{"ve ten lua tam ngan", vi, summary.Request{Topic: "ten lua tam ngan", Length: medium, Language: vi}},
		{"về độ dài", vi, summary.Request{Topic: "độ dài", Length: medium, Language: vi}},
		{"về Hạ Long", vi, summary.Request{Topic: "Hạ Long", Length: medium, Language: vi}},
		{"về đài phát thanh ngân", vi, summary.Request{Topic: "đài phát thanh ngân", Length: medium, Language: vi}},
		{"ve dai", vi, summary.Request{Topic: "dai", Length: medium, Language: vi}},
		{"tình hình", vi, summary.Request{Topic: "tình hình", Length: medium, Language: vi}}, // two sections
		{"Kursk", vi, summary.Request{Topic: "Kursk", Length: medium, Language: vi}},
		{"về phần 2", vi, summary.Request{Topic: "phần 2", Length: medium, Language: vi}},
	} {
		got, missing := summaryRequest(test.args, sections, test.in)
		if got != test.want || missing >= 0 {
			t.Errorf("%q in %s:\n got %+v, section %d is missing\nwant %+v", test.args, test.in, got, missing, test.want)
		}
	}
	for args, want := range map[string]int{"0": 0, "5": 5, "phần 9 ngắn": 9, "section 12": 12} {
		if _, missing := summaryRequest(args, sections, vi); missing != want {
			t.Errorf("%q: section %d is missing, want %d", args, missing, want)
		}
	}
}

func TestProgressBar(t *testing.T) {
	for _, test := range []struct {
		done, of int
		want     string
	}{
		{0, 3, "░░░░░░░░░░ 0/3"}, {1, 3, "▓▓▓░░░░░░░ 1/3"}, {3, 3, "▓▓▓▓▓▓▓▓▓▓ 3/3"}, {0, 0, "░░░░░░░░░░ 0/0"},
	} {
		if got := progressBar(test.done, test.of); got != test.want {
			t.Errorf("%d of %d: %s", test.done, test.of, got)
		}
	}
}
