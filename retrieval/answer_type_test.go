package retrieval

import (
	"testing"

	"reportbot/store/text"
)

func TestAskingWordsTellWhatIsAskedFor(t *testing.T) {
	for _, test := range []struct {
		question string
		kind     Kind
	}{
		{"Cầu mở hôm nào?", Date},
		{"cau mo hoi nao", Date},
		{"Năm bao nhiêu thì xong?", Date},
		{"Có mấy làn xe?", Number},
		{"Vệ tinh bay lên sau mấy lần hỏng?", Number},
		{"Máy bay nào rơi?", Anything},
		{"Vì sao ngừng việc?", Why},
		{"Ai ký ở đâu?", Where},
		{"Ai ký?", Who},
		{"Làm cách nào mà hết ai canh chừng?", How}, // "hết ai" asks for nobody
		{"Cầu mở chưa?", Whether},
		{"cau mo chua", Whether},
		{"Lấy lực lượng nào ra đỡ?", Anything}, // đỡ is no "do"
		{"Thuyền nào hỏng?", Anything},         // hỏng is no "hông"
		{"Did it open?", Whether},
		{"What did it do?", Anything},
		{"how many lanes", Number},
		{"how did it fail", How},
		{"", Anything},
	} {
		language := text.LanguageOf(test.question, text.Vietnamese)
		if kind, _ := Asks(text.Words(test.question), language, text.HasDiacritics(test.question)); kind != test.kind {
			t.Errorf("%q: %d, want %d", test.question, kind, test.kind)
		}
	}
}
