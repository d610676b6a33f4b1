package intent

import (
	"strings"
	"testing"

	"reportbot/store/text"
)

// TestChatMessages reads messages as chats write them: slang, dialects, speech turned
// into text, mixed languages. The model isn't fitted to them, but some of its examples were
// written after they had been seen: the share right is no forecast.
func TestChatMessages(t *testing.T) {
	messages := readMessages(t, "testdata/messages_chat.jsonl")
	if len(messages) < 100 {
		t.Fatalf("only %d messages", len(messages))
	}
	wrong := misread(t, messages)
	for _, m := range wrong {
		if m.Intent == string(Question) {
			t.Errorf("a question gets no answer: %s", m.Q)
		}
	}
	if right := len(messages) - len(wrong); right*100 < len(messages)*95 {
		t.Errorf("%d of %d are told apart", right, len(messages))
	}
}

func TestTheModelReadsWhatNoRuleFits(t *testing.T) {
	for _, test := range []struct {
		message string
		kind    Kind
		topic   Topic
		text    string
	}{
		{"báo cáo này do thằng cha nào viết vậy trời", About, "author", "báo cáo này do thằng cha nào viết vậy trời"},
		{"tóm tắt chuyện cầu sập giùm bác với cháu", Summary, "", "chuyện cầu sập giùm bác với cháu"},
		{"đọc mỏi mắt quá, kể vắn tắt nội dung cho bác với", Summary, "", ""},
		{"kể vắn tắt phần 2 cho bác, mắt bác mờ rồi", Summary, "", "phần 2 cho bác, mắt bác mờ rồi"},
		{"dịch giùm bác câu trả lời hồi nãy sang tiếng Việt với cháu", Bot, "translate", "dịch giùm bác câu trả lời hồi nãy sang tiếng Việt với cháu"},
		{"cảm ơn cô chú đã giúp con hôm nay nhiều lắm", SmallTalk, "thanks", "cảm ơn cô chú đã giúp con hôm nay nhiều lắm"},
		// A question with a probability of .45: what the model isn't sure of is searched for.
		{"con cảm ơn cô chú đã giúp đỡ con hôm nay nhiều lắm ạ", Question, "", "con cảm ơn cô chú đã giúp đỡ con hôm nay nhiều lắm ạ"},
		{"bot ơi ai viết thư cho ông bộ trưởng vậy", Question, "", "ai viết thư cho ông bộ trưởng vậy"},
		{"Rotterdam?", Question, "", "Rotterdam?"},
		{"kursk", Question, "", "kursk"},
		{"poiuy", SmallTalk, "mash", "poiuy"},
		{"còn cây cầu thứ hai thì sao hả bot", Question, "", "còn cây cầu thứ hai thì sao hả bot"},
	} {
		got := Read(test.message, reportSections, false)
		if got.Kind != test.kind || got.Topic != test.topic || !strings.Contains(got.Text, test.text) {
			t.Errorf("%q: %+v, want %s %s %q", test.message, got, test.kind, test.topic, test.text)
		}
	}
}

// TestWeightsFitTheLexicon finds weights of classes that the lexicon no longer has: then
// TestLearnWeights has to fit them again.
func TestWeightsFitTheLexicon(t *testing.T) {
	classes := 0
	for feature := range model() {
		name, ok := strings.CutPrefix(feature, "class:")
		if !ok {
			continue
		}
		classes++
		if words.bits[name].empty() {
			t.Errorf("the lexicon has no class %s", name)
		}
	}
	if classes < 50 {
		t.Errorf("only %d classes have weights", classes)
	}
}

func TestBadWeightsAreRefused(t *testing.T) {
	for _, line := range []string{"bias 1 2 3 4", "bias 1 2 3 4 x"} {
		if _, err := readModel(line); err == nil {
			t.Errorf("%q is read", line)
		}
	}
	m, err := readModel("word:a 100 0 -50 0 0")
	if err != nil || m["word:a"] != [len(kinds)]float64{1, 0, -.5, 0, 0} {
		t.Errorf("%v %v", m, err)
	}
}

func TestTheBotIsCalledOrSpokenOf(t *testing.T) {
	for message, spoken := range map[string]bool{
		"bot vẽ tranh được không": true, "can you draw": true,
		"bot ơi cầu dài bao nhiêu": false, "cầu dài bao nhiêu hả bot": false, "cầu dài bao nhiêu": false,
	} {
		if got := speaksOfBot(text.Words(message)); got != spoken {
			t.Errorf("speaksOfBot(%q) = %v", message, got)
		}
	}
}
