package claim

import (
	"reflect"
	"testing"

	"reportbot/retrieval"
	"reportbot/store/text"
)

var (
	concepts = retrieval.New(nil).Concepts()
	reader   = NewReader(concepts)
)

// ruleTest is a claim on one sentence, and the expected outcome of a rule.
type ruleTest struct {
	name, claim, sentence string
	want                  Outcome
}

// over returns the evidence of a sentence in an entry of 2024, with a heading and
// another sentence of its paragraph.
func over(sentence string) *evidence {
	sources := []Source{
		{Text: sentence, Paragraph: 1, Heading: "Tình hình ở Kursk", Year: 2024},
		{Text: "Bộ trưởng Lê Văn Nam có mặt.", Paragraph: 1, Heading: "Tình hình ở Kursk", Year: 2024},
		{Text: "Một đoạn khác nói về 77 con tàu.", Paragraph: 2},
	}
	c := New(reader, Report{Title: "Hồ sơ về Nga", Date: "2024-11-01"}, sources, text.Vietnamese)
	return c.evidence([]int{0})
}

func testRule(t *testing.T, check func(*sentence, *evidence) (Outcome, string), tests []ruleTest) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, detail := check(readSentence(test.claim, text.Vietnamese, concepts), over(test.sentence))
			if got != test.want {
				t.Errorf("%q over %q: %v (%s), want %v", test.claim, test.sentence, got, detail, test.want)
			}
			if (got == Kept) != (detail == "") {
				t.Errorf("%v with the detail %q", got, detail)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	const troops = "Nga nhận 12.000 quân, 80 phần trăm là lính bộ, trong sáu đợt, trị giá từ 1,7 tỷ đến 5,5 tỷ đô la."
	testRule(t, checkNumbers, []ruleTest{
		{"the same", "Nga nhận 12.000 quân.", troops, Kept},
		{"another spelling", "Russia received 12,000 troops, or 12k.", troops, Kept},
		{"a word for a scale", "Nga nhận 12 nghìn quân.", troops, Kept},
		{"percent in words", "80% là lính bộ.", troops, Kept},
		{"no percent", "Có 80 lính bộ.", troops, Contradicted},
		{"written out", "Quân tới trong 6 đợt.", troops, Kept},
		{"a range with one scale", "Trị giá 1,7 đến 5,5 tỷ đô la.", troops, Kept},
		{"another", "Nga nhận 13.000 quân.", troops, Contradicted},
		{"another scale", "Nga nhận 12 triệu quân.", troops, Contradicted},
		{"of another paragraph", "Nga nhận 77 quân.", troops, Contradicted},
		{"rounded, and said to be", "Nga nhận khoảng 12.500 quân.", troops, Unclear},
		{"counted by the claim", "Hai nước Nga và Triều Tiên.", troops, Unclear},
		{"a name with digits is none", "Máy bay Tu-22MS tới.", "Máy bay tới.", Kept},
		{"a year of the entry", "Năm 2024 Nga nhận quân.", troops, Kept},
		{"another year", "Năm 2019 Nga nhận quân.", troops, Contradicted},
		{"the day of a date, said so", "Ngày 1 quân tới, theo bản tin.", troops, Kept},
		{"the day of a date as a count", "Nga có 11 sân bay.", troops, Contradicted},
		{"beside a date", "Quân tới ngày 1 và 2 tháng 11.", "Từ ngày 1 tháng 11 đến ngày 2 tháng 11 quân tới.", Kept},
		{"in a name, written out", "Đàm phán 6 bên.", "Các cuộc Đàm phán Sáu bên kết thúc.", Unclear},
		{"one is an article", "Một đợt quân tới.", troops, Kept},
	})
}

func TestDates(t *testing.T) {
	const training = "Từ ngày 8 đến ngày 13 tháng 10, quân tập ở Kursk, rồi đi vào tháng 11 năm 2023."
	testRule(t, checkDates, []ruleTest{
		{"the same", "Ngày 8 tháng 10 quân tập.", training, Kept},
		{"in numbers, with the year of the entry", "Quân tập từ 8–13/10/2024.", training, Kept},
		{"in English", "Troops trained from the 8th of October.", training, Kept},
		{"the month alone", "Quân tập trong tháng Mười.", training, Kept},
		{"with a year of its own", "Quân đi vào tháng 11/2023.", training, Kept},
		{"another year", "Quân đi vào tháng 11/2022.", training, Contradicted},
		{"another day", "Ngày 9 tháng 9 quân tập.", training, Contradicted},
		{"a day that the sentence leaves open", "Quân đi ngày 5 tháng 11.", training, Contradicted},
		{"a day within the range", "Ngày 10 tháng 10 quân tập.", training, Unclear},
		{"the report's own date", "Tính đến ngày 1 tháng 11 năm 2024.", training, Kept},
	})
}

func TestNames(t *testing.T) {
	const meeting = "Kim gặp Tổng thống Putin ở sân bay Vostochny, nơi có máy bay Tu-22MS của Cơ quan Tình báo Quốc gia."
	testRule(t, checkNames, []ruleTest{
		{"the same", "Putin ở Vostochny.", meeting, Kept},
		{"in another language", "Путин встретил Кима.", meeting, Kept},
		{"without its title", "Putin gặp Kim.", meeting, Kept},
		{"of the heading", "Putin nói về Kursk.", meeting, Kept},
		{"of the report's title", "Putin lãnh đạo Nga.", meeting, Kept},
		{"of the paragraph", "Lê Văn Nam có mặt.", meeting, Kept},
		{"a capital for its state", "Moscow đón khách.", meeting, Kept},
		{"a country by its adjective", "The British colonies.", "Các thuộc địa của Anh.", Kept},
		{"with digits, otherwise spelled", "Chiếc Tu 22MS.", meeting, Kept},
		{"a full name of one who is called by a part", "Kim Jong-un gặp Putin.", meeting, Unclear},
		{"an acronym of what stands there", "CTTQ có máy bay.", "Các Thầy Thuốc Quân y có máy bay.", Kept},
		{"a capital at the beginning is no name", "Theo đó họ gặp nhau.", meeting, Kept},
		{"a title is no name", "Khi đó Bộ trưởng gặp khách.", meeting, Kept},
		{"another person", "Trần Thu Hà gặp Putin.", meeting, Contradicted},
		{"another state", "Nhật Bản đón khách.", meeting, Contradicted},
		{"other digits", "Chiếc Tu-95 tới.", meeting, Contradicted},
		{"another language's spelling of one that is there", "Zhang Jun spoke for the state.", "Trương Quân phát biểu thay mặt nhà nước.", Unclear},
		{"another language, and none that it may be", "Fu Cong spoke.", "Ông phát biểu.", Contradicted},
	})
}

func TestQuotations(t *testing.T) {
	const called = "Ông gọi Hàn Quốc là “kẻ thù chính” và nói về một cuộc chiến rất dài."
	testRule(t, checkQuotations, []ruleTest{
		{"its words", "Hàn Quốc là “kẻ thù chính”.", called, Kept},
		{"its words, not quoted there", `Ông nói về "cuộc chiến rất dài".`, called, Kept},
		{"with an omission", "“gọi Hàn Quốc […] kẻ thù chính”", called, Kept},
		{"other words", "Hàn Quốc là “kẻ thù số một”.", called, Contradicted},
		{"translated, it is no quotation", "He called the South the “principal enemy” of his state.", called, Kept},
	})
}

func TestNegations(t *testing.T) {
	const unsure = "Quân đội không vượt biên giới, và các nước ký hiệp ước."
	testRule(t, checkNegations, []ruleTest{
		{"denied in both", "Quân đội không vượt biên giới.", unsure, Kept},
		{"stated where it is denied", "Quân đội vượt biên giới.", unsure, Contradicted},
		{"denied where nothing is", "Các nước không ký hiệp ước.", "Các nước ký hiệp ước.", Contradicted},
		{"denied in other words", "Các nước không muốn thế.", "Các nước ký hiệp ước.", Unclear},
		{"the không of another word", "Không quân bay qua biển.", "Không quân bay qua biển.", Kept},
		{"a word that denies by itself", "Các nước từ chối.", unsure, Kept},
		{"stated in a clause that denies nothing", "Các nước ký hiệp ước.", unsure, Kept},
	})
}

// A shortening is shown; words that negate, limit or attribute it can't be omitted, and
// parts can't swap places.
func TestShortenings(t *testing.T) {
	for _, test := range []struct {
		name, claim, sentence string
		want                  bool
	}{
		{"its beginning", "Cầu dài 1.240 mét.", "Cầu dài 1.240 mét và nối hai bờ.", true},
		{"a clause", "Mưa lớn làm hỏng cầu.", "Tháng 5, mưa lớn làm hỏng cầu.", true},
		{"a detail left out", "Nga ký hiệp ước ở Moscow.", "Nga ký hiệp ước dài ở Moscow.", true},
		{"equals from the word lists", "Mỹ ký hiệp ước.", "Hoa Kỳ ký hiệp ước.", true},
		{"a number in another spelling", "Cầu dài 1,24 nghìn mét.", "Cầu dài 1.240 mét.", true},
		{"percent in words", "Tổng giá cao hơn dự toán 12 phần trăm.", "Tổng giá cao hơn dự toán 12%.", true},
		{"percent as a sign", "Tổng giá cao hơn 12%.", "Tổng giá cao hơn dự toán 12 phần trăm.", true},
		{"with the report as what says so", "Theo báo cáo, cầu dài 1.240 mét.", "Cầu dài 1.240 mét.", true},
		{"in English", "The bridge opened in 2019.", "The bridge opened in May 2019 after long delays.", true},

		{"a word of its own", "Cầu đẹp dài 1.240 mét.", "Cầu dài 1.240 mét.", false},
		{"another order", "Ukraine đánh Nga.", "Nga đánh Ukraine.", false},
		{"without a negation", "Nga ký hiệp ước.", "Nga không ký hiệp ước.", false},
		{"without a hedge", "Nga ký hiệp ước.", "Nga có thể ký hiệp ước.", false},
		{"without a bound", "Nga có 12.000 quân.", "Nga có ít nhất 12.000 quân.", false},
		{"without a scope", "Binh lính ra đi.", "Một số binh lính ra đi.", false},
		{"without its speaker", "Nga gửi quân.", "Ukraine nói rằng Nga gửi quân.", false},
		{"without a speaker behind it", "Nga gửi quân.", "Nga gửi quân, theo Ukraine.", false},
		{"without a contrast", "Nga gửi quân.", "Nga gửi quân, nhưng họ bị chặn lại.", false},
		{"without a condition", "Nga gửi quân.", "Nếu có tiền, Nga gửi quân.", false},
		{"a passive made active", "Nga đánh.", "Nga bị đánh.", false},
		{"a date on another clause", "Nga ký hiệp ước ngày 5 tháng 5.", "Nga ký hiệp ước và họp lại ngày 5 tháng 5.", false},
		{"a name for what belongs to it", "Nga tới.", "Đại sứ quán Nga tới.", false},
		{"a number without what it counts", "Nga có sáu tàu.", "Nga có sáu cảng cho tàu.", false},
		{"a former minister as one", "Bộ trưởng Lê Văn Nam tới.", "Cựu Bộ trưởng Lê Văn Nam tới.", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			claim := readSentence(test.claim, text.Vietnamese, concepts)
			source := joinSources([]*sentence{readSentence(test.sentence, text.Vietnamese, concepts)}, []int{2024})
			if got, detail := shortened(claim, source); got != test.want {
				t.Errorf("%q of %q: %v (%s), want %v", test.claim, test.sentence, got, detail, test.want)
			}
		})
	}
}

func TestVerdicts(t *testing.T) {
	sources := []Source{
		{Text: "Cầu dài 1.240 mét và nối hai bờ.", Paragraph: 1},
		{Text: "Nó được sơn xanh.", Paragraph: 1},
	}
	for _, test := range []struct {
		name, claim string
		cites       []int
		want        Decision
		why         Rule
	}{
		{"the sentence itself", "Cầu dài 1.240 mét và nối hai bờ.", []int{0}, Shown, ""},
		{"cut down", "Cầu dài 1.240 mét.", []int{0}, Shown, ""},
		{"in other words", "Chiều dài là 1.240 mét.", []int{0}, Undecided, Meaning},
		{"a false number", "Cầu dài 1.250 mét.", []int{0}, Rejected, Number},
		{"a link", "Cầu dài 1.240 mét, xem https://example.com", []int{0}, Rejected, Markup},
		{"markup", "Cầu <b>dài</b> 1.240 mét.", []int{0}, Rejected, Markup},
		{"a broken letter", "C\ufffd\ufffdu d\ufffdi 1.240 mét.", []int{0}, Rejected, Markup},
		{"no citation, but cut down", "Cầu dài 1.240 mét.", nil, Shown, ""},
		{"no citation", "Chiều dài là 1.240 mét.", nil, Rejected, Citation},
		{"a sentence that was not in the prompt", "Cầu rất đẹp.", []int{7}, Rejected, Citation},
		{"one that was and one that was not", "Cầu dài 1.240 mét.", []int{7, 0}, Shown, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := New(reader, Report{}, sources, text.Vietnamese).Check(test.claim, test.cites)
			if v.Decision != test.want || v.Why != test.why {
				t.Errorf("%+v, want %v by %q", v, test.want, test.why)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	sources := []Source{{Text: "Cầu được sơn xanh."}, {Text: "Cầu dài 1.240 mét."}, {Text: "Cầu mở năm 2019."}}
	c := New(reader, Report{}, sources, text.Vietnamese)
	for claim, want := range map[string]int{"Chiều dài là 1.240 mét.": 1, "Nó có màu xanh.": 0, "It opened in 2019.": 2, "Không rõ.": 0} {
		if got := c.Nearest(claim, []int{0, 1, 2}); got != want {
			t.Errorf("%q: %d, want %d", claim, got, want)
		}
	}
}

// The same words have the same classes in the same order, whatever the run.
func TestASentenceIsReadTheSameEveryTime(t *testing.T) {
	const words = "Nga có thể sẽ không chuyển quân tới biên giới của Ukraine vì theo Kyiv việc đó khó"
	first := readSentence(words, text.Vietnamese, concepts).classes
	if len(first) < 8 {
		t.Fatalf("only %d phrases of grammar.txt in it", len(first))
	}
	for range 50 {
		if got := readSentence(words, text.Vietnamese, concepts).classes; !reflect.DeepEqual(got, first) {
			t.Fatalf("read as %v, then as %v", first, got)
		}
	}
}
