package retrieval

import "reportbot/store/text"

// askingPhrases say when, how or how politely something is asked, and not what
// about. Words of one syllable are compared with their marks only.
const askingPhrases = `hôm nay|hôm qua|hôm kia|ngày mai|ngày kia|tối nay|tối qua|sáng nay|sáng mai|chiều nay|đêm qua|bữa nay|bữa qua|
bây giờ|hiện nay|hiện tại|hiện giờ|lúc này|gần đây|mới nhất|mới đây|vừa rồi|vừa qua|năm nay|năm ngoái|tháng này|tháng trước|tuần này|tuần trước|tuần sau|cuối tuần|dạo này|nãy giờ|
giúp tôi|giúp mình|giúp em|giúp với|làm ơn|cho hỏi|cho tôi|cho mình|cho em|cho biết|cần biết|muốn biết|muốn hỏi|xin hỏi|hỏi chút|
liệt kê|giải thích|trình bày|nêu rõ|kể tên|thế nào|như thế nào|làm sao|làm gì|ra sao|bao giờ|bao lâu|bao xa|bao nhiêu|thứ mấy|mấy giờ|có phải|phải không|đúng không|được không|
được gọi là gì|gọi là gì|có tên là|tên là gì|tên gì|một số|một vài|một trong những|một trong số|một loại|dr|mr|mrs|sir|prof|
today|yesterday|tomorrow|tonight|right now|now|currently|at the moment|nowadays|latest|recent|recently|this week|last week|next week|this weekend|this year|last year|last night|this morning|
please|can you|could you|tell me|let me know|i want to know|explain|describe|list all|hello|hi|thanks|thank you|
called|known as|the name of|name of|the term for|one of|mr|mrs|ms|dr|sir|prof`

// actionWords are frequent verbs and adjectives: they say what becomes of the
// thing that is asked about, and name none.
const actionWords = `ghi|làm|mua|bán|ăn|uống|nấu|chơi|xem|đi|chạy|bay|lái|tải|cài|viết|dịch|giải|tính|pha|gấp|trồng|nuôi|chọn|dùng|xài|sử dụng|đăng ký|đặt|thuê|
đầu tư|gửi|tặng|nói|phát biểu|tuyên bố|phản ứng|hỏi|trả lời|thăm|gặp|gọi|kêu gọi|đánh|bắn|chết|sinh|sống|học|dạy|thi|khám|chữa|thua|hòa|vô địch|đá|
xảy ra|diễn ra|bắt đầu|kết thúc|thành lập|xây|xây dựng|phát minh|phát hiện|khám phá|sáng tác|ra mắt|chiếu|phát hành|tăng|giảm|tăng trưởng|lên|xuống|đến|tới|về|ra|vào|
trả|chi|tiêu|kiếm|lấy|nhận|cho|mang|chở|giữ|mất|tìm|biết|hiểu|nghĩ|thích|muốn|cần|nên|phải|gồm|thuộc|chứa|tên|gọi là|là gì|thay|kiểm soát|liên quan|
tốt|xấu|đẹp|rẻ|đắt|mắc|ngon|hay|nhanh|chậm|cao|thấp|dài|ngắn|rộng|nặng|nhẹ|lớn|nhỏ|nhiều|ít|nhất|mới|cũ|già|trẻ|giàu|nghèo|khác|giống|đang|đã|sẽ|
won|win|wins|score|scored|scores|buy|sell|cook|make|made|play|plays|watch|go|goes|went|run|drive|write|wrote|written|read|learn|build|built|invent|invented|discover|discovered|paint|painted|
happen|happened|start|started|end|ended|found|founded|born|die|died|live|lives|lived|work|works|cost|costs|pay|paid|get|gets|got|take|took|use|used|uses|call|called|name|named|mean|means|
react|reacted|respond|responded|send|sent|fall|fell|kill|killed|visit|visited|come|comes|came|out|need|want|lose|change|changed|speak|spoken|translate|
best|good|better|bad|big|small|new|old|long|tall|high|fast|cheap|cheapest|expensive|large|largest|highest|longest|biggest|most|more|less|far|first|last`

// asking reports, word by word, which words of a question belong to such a phrase.
func asking(words []text.Word, marked bool) []bool {
	is := make([]bool, len(words))
	markStrictly(is, askingSet, words, marked)
	return is
}

// askingSet are the asking phrases, actionSet those and the action words.
var askingSet, actionSet = text.NewPhrases(askingPhrases), text.NewPhrases(askingPhrases + "|" + actionWords)

// markStrictly notes the words of phrases. Those of one syllable are compared with
// their marks though the question has none.
func markStrictly(is []bool, phrases text.Phrases, words []text.Word, marked bool) {
	for i := range words {
		for _, phrase := range phrases[words[i].Folded] {
			if phrase.BeginsIn(words[i:], marked || len(phrase) == 1) {
				for j := range phrase {
					is[i+j] = true
				}
			}
		}
	}
}
