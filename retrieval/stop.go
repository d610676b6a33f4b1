package retrieval

import (
	"strings"

	"reportbot/store/text"
)

// stopWords say nothing of what a question is about: they ask, join or point.
// A word that is only sometimes empty (năm, người, lần) is not among them; its
// weight comes from how often the report has it.
const stopWords = `
là của và có các những được bị bởi cho với về từ đến tới trong ngoài trên dưới tại ở ra vào thì mà rằng
này kia đó đấy ấy nọ đây vậy thế như nào gì ai sao đâu mấy bao nhiêu chi hay hoặc nhưng còn cũng đã đang sẽ
rồi chưa không chẳng chả phải à ạ hả nhỉ nhé vì do bằng theo để khi lúc hôm bấy giờ ngay chỉ cả mọi mỗi từng
rất quá lắm hơn nhất cùng nhau mình tôi bạn họ nó ông bà anh chị xin hãy hỏi biết nói kể chuyện cái con chiếc
việc điều cỡ chừng tầm khoảng tên ra_sao thật thực đúng thuộc nên lại nữa liệu đều
the a an of and or to in on at by for from with about into over under after before as is are was were be been
being do does did has have had what which who whom whose when where why how much many any some that this these
those it its they them their he his she her we our you your i me my there here not no than then also so such if
will would could should can may might tell say says said give show list please
что где когда кто как какой какая какие какое сколько почему зачем куда откуда и в на с по к о об из за от до для
не ли же был была были было это этот эта эти у а но
무엇 누가 누구 언제 어디 어떻게 왜 몇 얼마나 어떤 무슨 그 이 저 것 수 및 또는`

// stopExact and stop hold the stop words as written and without marks.
var stopExact, stop = stopSets()

func stopSets() (exact, folded map[string]bool) {
	exact, folded = map[string]bool{}, map[string]bool{}
	for _, word := range strings.Fields(stopWords) {
		exact[word] = true
		folded[text.Fold(word)] = true
	}
	return exact, folded
}

// StopWord reports whether a word, as written, says nothing of what a text is
// about.
func StopWord(exact string) bool { return stopExact[exact] }

// saysNothing reports whether a word is a stop word; one without marks may be the
// unmarked form of one.
func saysNothing(w text.Word) bool {
	if w.Exact != w.Folded {
		return stopExact[w.Exact]
	}
	return stop[w.Folded]
}
