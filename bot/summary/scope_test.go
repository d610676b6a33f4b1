package summary_test

import (
	"slices"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/summary"
)

func titles(s *summary.Summary) (titles []string) {
	for _, section := range s.Sections {
		titles = append(titles, section.Title)
	}
	return titles
}

func TestWhatOfAReportIsSummedUp(t *testing.T) {
	l := open(t, bridge)
	all := []string{"Cây cầu trong vài dòng", "Kinh phí xây cầu", "Tiến trình làm cầu", "Những việc còn lại của cầu"}
	for _, test := range []struct {
		name     string
		request  summary.Request
		sections []string
		has      string
		claims   int
	}{
		{"the whole, short", summary.Request{Length: summary.Short}, all, "Trạm cân xe ở bờ nam", 7},
		{"the whole, long: no more than half", summary.Request{Length: summary.Long}, all, "Trạm cân xe ở bờ nam", 7},
		{"a section", summary.Request{Length: summary.Medium, Section: all[1]}, all[1:2], "Tổng kinh phí là 865 tỷ đồng", 3},
		{"a section of one sentence", summary.Request{Length: summary.Long, Section: all[3]}, all[3:], "Trạm cân xe ở bờ nam", 1},
		{"a topic", summary.Request{Length: summary.Medium, Topic: "kinh phí"}, all[1:2], "Tổng kinh phí là 865 tỷ đồng", 0},
		{"a topic without marks", summary.Request{Length: summary.Medium, Topic: "kinh phi"}, all[1:2], "Tổng kinh phí là 865 tỷ đồng", 0},
		{"a topic of two sections", summary.Request{Length: summary.Long, Topic: "xe"}, []string{all[0], all[3]}, "Trạm cân xe ở bờ nam", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := summarize(t, l.maker(nil), test.request)
			if !slices.Equal(titles(s), test.sections) {
				t.Errorf("sections %q, want %q", titles(s), test.sections)
			}
			if !strings.Contains(strings.Join(textsOf(s.Claims), "\n"), test.has) {
				t.Errorf("it lacks %q: %q", test.has, textsOf(s.Claims))
			}
			if test.claims > 0 && len(s.Claims) != test.claims {
				t.Errorf("%d statements, want %d: %q", len(s.Claims), test.claims, textsOf(s.Claims))
			}
			if s.Status != answer.Passages || s.Mode != answer.Extractive || s.Notice != answer.NoModel {
				t.Errorf("status %q, mode %q, notice %q", s.Status, s.Mode, s.Notice)
			}
		})
	}
}

// The embedded report has "giá" and "vàng" each in other words.
func TestATopicWhoseWordsStandApart(t *testing.T) {
	l := open(t, digest)
	if s := summarize(t, l.maker(nil), summary.Request{Length: summary.Medium, Topic: "giá vàng"}); s.Status != answer.NotInReport {
		t.Errorf("status %s, %d sections", s.Status, len(s.Sections))
	}
}

func TestATopicThatTheReportDoesNotSpeakOf(t *testing.T) {
	l := open(t, bridge)
	for _, request := range []summary.Request{
		{Length: summary.Medium, Topic: "nấu phở bò"},
		{Length: summary.Medium, Topic: "?"},
		{Length: summary.Medium, Section: "Một phần đã mất"},
	} {
		if s := summarize(t, l.maker(nil), request); s.Status != answer.NotInReport || len(s.Sections) > 0 {
			t.Errorf("%+v: status %q, %q", request, s.Status, textsOf(s.Claims))
		}
	}
}

func TestAQuotedSentenceOfATimelineSaysItsDate(t *testing.T) {
	s := summarize(t, open(t, bridge).maker(nil), summary.Request{Length: summary.Long, Section: "Tiến trình làm cầu"})
	for _, claim := range s.Claims {
		if strings.Contains(claim.Text, "180 công nhân") && claim.When == "" {
			t.Errorf("%q has no date", claim.Text)
		}
	}
}

func TestATopicLeavesOutTheTakeaways(t *testing.T) {
	s := summarize(t, open(t, digest).maker(nil), summary.Request{Length: summary.Long, Topic: "đòn bẩy của Trung Quốc"})
	if len(s.Claims) < 3 || slices.ContainsFunc(titles(s), func(title string) bool { return strings.HasPrefix(title, "Những điểm chính") }) {
		t.Errorf("sections %q, %d statements", titles(s), len(s.Claims))
	}
	own := summarize(t, open(t, digest).maker(nil), summary.Request{Length: summary.Medium, Section: "Những điểm chính cần ghi nhớ"})
	if len(own.Claims) < 4 {
		t.Errorf("asked for by name they have %d statements", len(own.Claims))
	}
}
