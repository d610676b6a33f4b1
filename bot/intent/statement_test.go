package intent

import "testing"

func TestStatements(t *testing.T) {
	for _, test := range []struct{ name, said, states string }{ // states: empty for what states nothing
		{"a statement", "Cầu Sông Mây dài 1.240 mét.", "Cầu Sông Mây dài 1.240 mét."},
		{"without marks", "cau song may dai 1240 met", "cau song may dai 1240 met"},
		{"in English", "The bridge is 1,240 metres long.", "The bridge is 1,240 metres long."},
		{"after hearsay", "Nghe nói cầu dài 1.240 mét.", "cầu dài 1.240 mét."},
		{"after hearsay and what joins it", "Mình đọc thấy là cầu dài 1.240 mét", "cầu dài 1.240 mét"},
		{"after somebody's hearsay", "mình nghe nói là cầu dài 1.240 mét", "cầu dài 1.240 mét"},
		{"going on", "Ngoài ra, cầu có bốn làn xe.", "cầu có bốn làn xe."},
		{"with a tag", "Cầu dài hơn một cây số, đúng không?", "Cầu dài hơn một cây số"},
		{"with a tag, without marks", "cau dai hon mot cay so, dung ko?", "cau dai hon mot cay so"},
		{"with an English tag", "The bridge is long, right?", "The bridge is long"},
		{"with a particle", "Cầu có bốn làn xe nhé", "Cầu có bốn làn xe"},
		{"with its source", "Cầu có bốn làn xe, báo cáo nói vậy đó", "Cầu có bốn làn xe"},
		{"a denial like a question", "Tỉnh chưa bao giờ góp đồng nào", "Tỉnh chưa bao giờ góp đồng nào"},
		{"an asking word inside", "Báo cáo không nói vì sao cầu đóng.", "Báo cáo không nói vì sao cầu đóng."},

		{"a question", "Cầu dài bao nhiêu mét?", ""},
		{"a question without its sign", "cầu dài bao nhiêu mét", ""},
		{"a yes-no question", "Cầu có dài không", ""},
		{"an English question", "how long is the bridge", ""},
		{"an opinion", "Theo mình thì cầu này xấu", ""},
		{"an opinion in English", "I think the bridge is ugly", ""},
		{"a feeling", "Nghe mà sợ quá", ""},
		{"a wish", "Mong cầu sớm xong", ""},
		{"an appeal", "Mọi người nên đọc bài này", ""},
		{"to the bot", "Bot ơi kiểm tra giùm câu này", ""},
		{"small talk", "Cảm ơn bạn nhiều nhé", ""},
		{"laughter", "haha buồn cười thật", ""},
		{"two words", "Đúng rồi", ""},
		{"signs", "👍👍", ""},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			stated, ok := Statement(test.said)
			if ok != (test.states != "") || ok && stated != test.states {
				t.Errorf("Statement(%q) = %q, %v; want %q", test.said, stated, ok, test.states)
			}
		})
	}
}

func TestStatementsThatReferBack(t *testing.T) {
	for said, want := range map[string]bool{
		"Ông ấy tới nơi ngày 12/9":   true,
		"sau do ho ky hiep uoc":      true,
		"They signed it in June":     true,
		"Nga và Triều Tiên ký kết":   false,
		"Russia signed the treaty":   false,
		"Cầu Sông Mây dài 1.240 mét": false,
	} {
		if got := RefersBack(said); got != want {
			t.Errorf("RefersBack(%q) = %v", said, got)
		}
	}
}

func TestAskingWhetherAMessageIsTrue(t *testing.T) {
	for _, said := range []string{
		"đúng không?", "dung ko", "Đúng không bot?", "có đúng không vậy", "tin này thật không ạ?", "thật hả", "kiểm tra giúp tin này", "check giùm câu này với",
		"is this true?", "Is that right?", "really?", "fact check this", "theo báo cáo thì đúng không?",
	} {
		if !AsksIfTrue(said) {
			t.Errorf("%q doesn't ask whether a message is true", said)
		}
	}
	for _, said := range []string{
		"", "?", "Cầu dài 1.240 mét đúng không?", "đúng rồi", "cảm ơn bạn", "vì sao?", "kiểm tra cầu", "ai viết báo cáo này?", "tóm tắt giúp tin này", "is the bridge true to its name?",
	} {
		if AsksIfTrue(said) {
			t.Errorf("%q asks whether a message is true", said)
		}
	}
}

func TestChatSpellingsAreWrittenOut(t *testing.T) {
	for short, full := range map[string]string{
		"Nga ko phủ nhận":       "Nga không phủ nhận",
		"nga ko phu nhan":       "nga khong phu nhan",
		"Nga chưa đc gì, 12k":   "Nga chưa được gì, 12k",
		"Họ chả nhận đồng nào":  "Họ chẳng nhận đồng nào",
		"hồi 5h sáng":           "hồi 5h sáng",
		"Russia vs Ukraine now": "Russia vs Ukraine now",
		"":                      "",
	} {
		if got := SpelledOut(short); got != full {
			t.Errorf("SpelledOut(%q) = %q, want %q", short, got, full)
		}
	}
}
