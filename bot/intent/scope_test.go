package intent

import (
	"testing"

	"reportbot/store/text"
)

func TestWhatIsToBeSummedUp(t *testing.T) {
	sections := []string{"Tổng quan", "Tình hình hiện tại", "Quan hệ Nga-Triều Tiên, từ năm 2022", "Ý nghĩa › Tình hình quân sự"}
	const vi, en = text.Vietnamese, text.English
	const short, medium, long = Short, Length(""), Long
	for _, test := range []struct {
		args string
		in   text.Language // of the chat
		want Scope
	}{
		{"", vi, Scope{Length: medium, Language: vi}},
		{"", en, Scope{Length: medium, Language: en}},
		{" \u200b ", vi, Scope{Length: medium, Language: vi}},
		{"ngắn", vi, Scope{Length: short, Language: vi}},
		{"ngan", vi, Scope{Length: short, Language: vi}},
		{"ngắn gọn", vi, Scope{Length: short, Language: vi}},
		{"ngan gon thoi", vi, Scope{Length: short, Language: vi}},
		{"thật ngắn gọn thôi nhé", vi, Scope{Length: short, Language: vi}},
		{"thật chi tiết", vi, Scope{Length: long, Language: vi}},
		{"in short", vi, Scope{Length: short, Language: en}},
		{"về Kursk, ngắn gọn", vi, Scope{Topic: "Kursk", Length: short, Language: vi}},
		{"Dài!", vi, Scope{Length: long, Language: vi}},
		{"vua", en, Scope{Length: Medium, Language: vi}},
		{"long", vi, Scope{Length: long, Language: en}},
		{"short", en, Scope{Length: short, Language: en}},
		{"toàn bộ báo cáo", vi, Scope{Length: medium, Language: vi}},
		{"dai ca bao cao", vi, Scope{Length: long, Language: vi}},
		{"the report, short", en, Scope{Length: short, Language: en}},

		{"2", vi, Scope{Section: sections[1], Length: medium, Language: vi}},
		{"2", en, Scope{Section: sections[1], Length: medium, Language: en}},
		{"phần 1 ngắn", vi, Scope{Section: sections[0], Length: short, Language: vi}},
		{"phan 1", vi, Scope{Section: sections[0], Length: medium, Language: vi}},
		{"long section 3", en, Scope{Section: sections[2], Length: long, Language: en}},
		{"Tổng quan", en, Scope{Section: sections[0], Length: medium, Language: en}},
		{"tinh hinh hien tai", vi, Scope{Section: sections[1], Length: medium, Language: vi}},
		{"mục tình hình hiện tại, dài", vi, Scope{Section: sections[1], Length: long, Language: vi}},
		{"quan hệ nga triều tiên", vi, Scope{Section: sections[2], Length: medium, Language: vi}},
		{"tình hình quân sự", vi, Scope{Section: sections[3], Length: medium, Language: vi}},

		{"về vũ khí hạt nhân", vi, Scope{Topic: "vũ khí hạt nhân", Length: medium, Language: vi}},
		{"ve vu khi hat nhan", vi, Scope{Topic: "vu khi hat nhan", Length: medium, Language: vi}},
		{"về vũ khí hạt nhân ngắn", vi, Scope{Topic: "vũ khí hạt nhân", Length: short, Language: vi}},
		{"ngắn về vũ khí hạt nhân", vi, Scope{Topic: "vũ khí hạt nhân", Length: short, Language: vi}},
		{"about nuclear weapons, long", vi, Scope{Topic: "nuclear weapons", Length: long, Language: en}},
		{"về tên lửa đạn đạo tầm ngắn", vi, Scope{Topic: "tên lửa đạn đạo tầm ngắn", Length: medium, Language: vi}},
		{"ve ten lua tam ngan", vi, Scope{Topic: "ten lua tam ngan", Length: medium, Language: vi}},
		{"về độ dài", vi, Scope{Topic: "độ dài", Length: medium, Language: vi}},
		{"về Hạ Long", vi, Scope{Topic: "Hạ Long", Length: medium, Language: vi}},
		{"về đài phát thanh ngân", vi, Scope{Topic: "đài phát thanh ngân", Length: medium, Language: vi}},
		{"ve dai", vi, Scope{Topic: "dai", Length: medium, Language: vi}},
		{"tình hình", vi, Scope{Topic: "tình hình", Length: medium, Language: vi}}, // two sections
		{"Kursk", vi, Scope{Topic: "Kursk", Length: medium, Language: vi}},

		{"lại", vi, Scope{Length: medium, Language: vi}},
		{"lai", vi, Scope{Length: medium, Language: vi}},
		{"lại lần nữa giùm", vi, Scope{Length: medium, Language: vi}},
		{"once more", en, Scope{Length: medium, Language: en}},
		{"lại ngắn gọn", vi, Scope{Length: short, Language: vi}},
		{"lại phần 2", vi, Scope{Section: sections[1], Length: medium, Language: vi}},
		{"lại về Kursk", vi, Scope{Topic: "Kursk", Length: medium, Language: vi}},
		{"lai ve Kursk", vi, Scope{Topic: "Kursk", Length: medium, Language: vi}},
		{"lại tên lửa", vi, Scope{Topic: "tên lửa", Length: medium, Language: vi}},
		{"lai suat", vi, Scope{Topic: "lai suat", Length: medium, Language: vi}},
		{"Lại Văn Sâm", vi, Scope{Topic: "Lại Văn Sâm", Length: medium, Language: vi}},
		{"về phần 2", vi, Scope{Section: sections[1], Length: medium, Language: vi}},
	} {
		if got := ReadScope(test.args, sections, test.in); got != test.want {
			t.Errorf("%q in %s:\n got %+v\nwant %+v", test.args, test.in, got, test.want)
		}
	}
	for args, want := range map[string]int{"0": -1, "5": 5, "phần 9 ngắn": 9, "section 12": 12} {
		if got := ReadScope(args, sections, vi); got.Missing != want {
			t.Errorf("%q: section %d is missing, want %d", args, got.Missing, want)
		}
	}
}

func TestAnotherSummaryHasNoTopic(t *testing.T) {
	for _, message := range []string{"tóm gọn lại", "tóm tắt lại", "rút gọn lại", "tóm tắt lại giùm mình", "tom tat lai di", "tóm tắt lần nữa", "summarize again", "sum it up once more"} {
		in := Read(message, nil, false)
		if scope := ReadScope(in.Text, nil, text.Vietnamese); in.Kind != Summary || scope != (Scope{Language: text.Vietnamese}) {
			t.Errorf("%q: %+v, %+v", message, in, scope)
		}
	}
}
