package intent

import "testing"

func TestCommandsAndNamesMeanWhatWordsDo(t *testing.T) {
	for _, test := range []struct {
		message string
		kind    Kind
		text    string
	}{
		{"/report", About, ""},
		{"/report@report_bot", About, ""},
		{"/summary phần 2", Summary, "phần 2"},
		{"/help", Bot, ""},
		{"/ask Ai ký thỏa thuận?", Question, "Ai ký thỏa thuận?"},
		{"/ask", Bot, "/ask"},
		{"/unknown thing", Question, "/unknown thing"},
		{"@report_bot tóm tắt phần 2", Summary, "phần 2"},
		{"tóm tắt phần 2 @report_bot", Summary, "phần 2"},
		{"@report_bot, Kim gặp ai?", Question, "Kim gặp ai?"},
		{"@report_bot biết làm gì", Bot, "biết làm gì"},
		{"Kim có viết cho a@b.example không", Question, "Kim có viết cho a@b.example không"},
		{"@report_bot", Question, "@report_bot"},
	} {
		if got := Read(test.message, nil, false); got.Kind != test.kind || got.Text != test.text {
			t.Errorf("%q: %+v, want %s %q", test.message, got, test.kind, test.text)
		}
	}
}

func TestSoManyPointsAreASummary(t *testing.T) {
	for message, points := range map[string]int{
		"cho tôi 5 gạch đầu dòng": 5, "3 ý chính thôi": 3, "give me 4 bullet points": 4, "cho xin ba ý chính với ạ": 3, "gửi mình 3 câu": 3,
		"5 điểm trong thỏa thuận là gì": 0, "3 câu hỏi của Kim": 0, "how many bullet points are in the treaty": 0, "Putin nêu 3 điểm chính nào": 0,
	} {
		got := Read(message, nil, false)
		if (got.Kind == Summary) != (points > 0) {
			t.Errorf("%q: %+v", message, got)
		} else if n := ReadScope(got.Text, nil, "vi").Points; points > 0 && n != points {
			t.Errorf("%q: %d points of %q, want %d", message, n, got.Text, points)
		}
	}
}

func TestAQuestionMayBeAboutTheBotThatItNames(t *testing.T) {
	for _, test := range []struct {
		message string
		named   bool
		want    Kind
	}{
		{"biết gì?", true, Bot},
		{"biết gì?", false, Question},
		{"Kim biết gì?", true, Question},
	} {
		if got := Read(test.message, nil, test.named); got.Kind != test.want {
			t.Errorf("%q, named %v: %+v, want %s", test.message, test.named, got, test.want)
		}
	}
}
