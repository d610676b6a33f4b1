package summary_test

import (
	"fmt"
	"strings"
	"testing"

	"reportbot/bot/summary"
	"reportbot/store"
	"reportbot/store/text"
)

// takeaways are the eight key points that the report itself lists, each by the
// terms of which a statement that mentions it has one of each list.
var takeaways = [][][]string{
	{{"ổn định"}, {"Bán đảo Triều Tiên"}, {"Châu Á"}},
	{{"kinh nghiệm", "cơ hội học", "chưa sẵn sàng"}, {"đương đại", "hiện đại"}},
	{{"học thuyết", "máy bay không người lái", "tác chiến điện tử"}, {"cơ hội", "tinh chỉnh", "học cách"}},
	{{"bài học"}, {"chỉ huy Nga", "Nga sử dụng", "bia đỡ đạn"}},
	{{"đòn bẩy", "phụ thuộc"}, {"PRC", "Trung Hoa", "Bắc Kinh"}},
	{{"vũ khí hạt nhân"}, {"thúc đẩy", "tạo điều kiện"}},
	{{"cam kết quốc phòng", "thỏa thuận phòng thủ chung", "buộc phải can thiệp"}, {"xung đột", "chiến tranh"}},
	{{"đe dọa", "ép buộc"}, {"đáng tin", "độ tin cậy"}},
}

// mentioned returns which of the takeaways texts mention, as "12-45678".
func mentioned(texts []string) string {
	var b strings.Builder
	for i, lists := range takeaways {
		if mentions(texts, lists...) {
			fmt.Fprint(&b, i+1)
		} else {
			b.WriteByte('-')
		}
	}
	return b.String()
}

const allEight = "12345678"

func TestTheSentencesThatAreQuotedMentionTheReportsOwnTakeaways(t *testing.T) {
	l := open(t, original)
	for _, test := range []struct {
		length summary.Length
		want   int // takeaways at least
	}{
		{summary.Short, 3}, {summary.Medium, 8}, {summary.Long, 8},
	} {
		t.Run(string(test.length), func(t *testing.T) {
			s := summarize(t, l.maker(nil), summary.Request{Length: test.length})
			got := mentioned(textsOf(s.Claims))
			if count := len(strings.ReplaceAll(got, "-", "")); count < test.want {
				t.Errorf("it mentions %s, want %d of them:\n%s", got, test.want, strings.Join(textsOf(s.Claims), "\n"))
			}
			own, _ := splitBody(l.body(t))
			for _, claim := range s.Claims {
				if strings.Contains(own, claim.Text) {
					t.Errorf("it quotes the takeaways themselves: %s", claim.Text)
				}
			}
		})
	}
}

// splitBody returns the text of the report's takeaways, and the sentences of
// all else in order.
func splitBody(body []store.Passage) (own string, rest []store.Passage) {
	for _, p := range body {
		if strings.HasPrefix(p.Section, "Những điểm chính") {
			own += p.Text() + " "
			continue
		}
		rest = append(rest, p)
	}
	return own, rest
}

// TestOverlapWithTheTakeaways says how much of the takeaways' words and pairs
// of words summaries have (ROUGE-1 and ROUGE-2 recall), beside the simplest
// ones of as many sentences: the report's first, and the first of sections in
// turn. The best must not fall behind them.
func TestOverlapWithTheTakeaways(t *testing.T) {
	for _, location := range []string{original, digest} {
		t.Run(location, func(t *testing.T) {
			l := open(t, location)
			own, rest := splitBody(l.body(t))
			for _, length := range []summary.Length{summary.Short, summary.Medium, summary.Long} {
				s := summarize(t, l.maker(nil), summary.Request{Length: length})
				lead, turns := firstOf(rest, len(s.Claims)), inTurn(rest, len(s.Claims))
				best := 0.0
				for _, row := range []struct {
					name  string
					texts []string
				}{{"summary", textsOf(s.Claims)}, {"lead", lead}, {"first of sections", turns}} {
					one, two := recall(own, row.texts, 1), recall(own, row.texts, 2)
					t.Logf("%-7s %-18s %2d sentences, %4d characters: ROUGE-1 %.3f, ROUGE-2 %.3f, takeaways %s",
						length, row.name, len(row.texts), len([]rune(strings.Join(row.texts, ""))), one, two, mentioned(row.texts))
					if row.name == "summary" {
						best = two
					} else if two >= best {
						t.Errorf("%s: ROUGE-2 is %.3f, that of %s %.3f", length, best, row.name, two)
					}
				}
			}
		})
	}
}

func firstOf(body []store.Passage, n int) (texts []string) {
	for _, p := range body {
		for _, s := range p.Sentences {
			if len(texts) < n {
				texts = append(texts, s.Text)
			}
		}
	}
	return texts
}

// inTurn returns the first sentences of all sections, then their second ones,
// and so on.
func inTurn(body []store.Passage, n int) (texts []string) {
	by := map[string][]string{}
	var sections []string
	for _, p := range body {
		if by[p.Section] == nil && p.Section != "" {
			sections = append(sections, p.Section)
		}
		for _, s := range p.Sentences {
			by[p.Section] = append(by[p.Section], s.Text)
		}
	}
	for i := 0; len(texts) < n; i++ {
		for _, section := range sections {
			if len(texts) < n && i < len(by[section]) {
				texts = append(texts, by[section][i])
			}
		}
	}
	return texts
}

// recall returns how much of a reference's runs of n words texts have, each as
// often as it is there.
func recall(reference string, texts []string, n int) float64 {
	runs := func(s string) []string {
		words := text.Words(s)
		var runs []string
		for i := n - 1; i < len(words); i++ {
			run := ""
			for _, word := range words[i-n+1 : i+1] {
				run += word.Exact + " "
			}
			runs = append(runs, run)
		}
		return runs
	}
	have := map[string]int{}
	for _, s := range texts {
		for _, run := range runs(s) {
			have[run]++
		}
	}
	found, all := 0, 0
	for _, run := range runs(reference) {
		all++
		if have[run] > 0 {
			have[run]--
			found++
		}
	}
	return float64(found) / float64(all)
}
