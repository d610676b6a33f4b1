package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"reportbot/bot/answer"
	"reportbot/bot/summary"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

func TestSummariesShowSectionsAndTheSourceOfEachStatement(t *testing.T) {
	byModel := summary.Section{Title: "Kinh phí", Mode: answer.ByModel, Claims: []answer.Claim{
		{Text: "Cầu tốn 865 tỷ đồng.", Footnotes: []int{5, 9}, Sources: []string{"x"}, Paragraphs: []int{3}},
		{Text: "Không có khoản chi sai.", Sources: []string{"y"}, Paragraphs: []int{4}},
	}}
	quoted := summary.Section{Title: "Tiến trình", Mode: answer.Extractive, Claims: []answer.Claim{
		{Text: "Công trường làm việc trở lại.", When: "Ngày 14 tháng 2, 2020", Sources: []string{"z"}, Paragraphs: []int{6}},
	}}
	untitled := summary.Section{Mode: answer.ByModel, Claims: []answer.Claim{{Text: "Cầu dài.", Sources: []string{"w"}, Paragraphs: []int{2}}}}
	notes := []report.Footnote{{N: 5, Links: []report.Link{{URL: "https://a.example/5", Site: "a.example"}}}, {N: 9}}
	for _, test := range []struct {
		name     string
		request  summary.Request
		notice   answer.Notice
		sections []summary.Section
		notes    []report.Footnote
		want     string
	}{
		{"the whole", summary.Request{}, answer.NoNotice, []summary.Section{byModel, quoted}, notes,
			"*Tóm tắt: Cầu*\nCác ý trong ngoặc kép là nguyên văn báo cáo.\n\n*Kinh phí*\n• Cầu tốn 865 tỷ đồng. [5]<https://a.example/5> [9]\n• Không có khoản chi sai. (đoạn 4)\n\n" +
				"*Tiến trình*\n• “Công trường làm việc trở lại.” (Ngày 14 tháng 2, 2020) (đoạn 6)\n\n*Nguồn:*\n[5] a.example<https://a.example/5>\n[9]"},
		{"a section, by the model", summary.Request{Section: "Kinh phí"}, answer.NoNotice, []summary.Section{byModel}, nil,
			"*Tóm tắt phần: Kinh phí*\n\n• Cầu tốn 865 tỷ đồng. [5] [9]\n• Không có khoản chi sai. (đoạn 4)"},
		{"on a topic, with a notice", summary.Request{Topic: "cầu"}, answer.ModelCut, []summary.Section{byModel}, nil,
			"*Tóm tắt về: cầu*\nCâu trả lời bị ngắt giữa chừng, có thể chưa đầy đủ.\n\n*Kinh phí*\n• Cầu tốn 865 tỷ đồng. [5] [9]\n• Không có khoản chi sai. (đoạn 4)"},
		{"without sections", summary.Request{}, answer.NoNotice, []summary.Section{untitled}, nil,
			"*Tóm tắt: Cầu*\n\n• Cầu dài. (đoạn 2)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := &summary.Summary{Sections: test.sections}
			s.Edition, s.Language, s.Notice, s.Footnotes = &store.Edition{Title: "Cầu", Paragraphs: 7}, text.Vietnamese, test.notice, test.notes
			if got := show(renderSummary(s, test.request, nil, false)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// summarizer implements Summarizer with a function.
type summarizer func(ctx context.Context, request summary.Request, progress summary.Progress) (*summary.Summary, error)

func (s summarizer) Summarize(ctx context.Context, request summary.Request, progress summary.Progress) (*summary.Summary, error) {
	return s(ctx, request, progress)
}

func TestRepliesWithoutASummary(t *testing.T) {
	broken := errors.New("the disk is gone")
	s := openStore(t, bridge)
	for _, test := range []struct {
		name string
		err  error
		stop error // why its context ends meanwhile
		said string
		want error
	}{
		{"it was stopped", nil, errStopped, "Đã dừng theo yêu cầu.", nil},
		{"the program stops", nil, ErrRequeued, "", ErrRequeued},
		{"the store fails", broken, nil, "Có lỗi khi trả lời.", broken},
		{"the report has gone", answer.ErrNoReport, nil, "Chưa có báo cáo nào được nạp.", answer.ErrNoReport},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBot(s)
			ctx, stop := context.WithCancelCause(t.Context())
			defer stop(nil)
			b.summarizer = summarizer(func(ctx context.Context, _ summary.Request, progress summary.Progress) (*summary.Summary, error) {
				progress(1, 4)
				if test.stop == nil {
					return nil, test.err
				}
				stop(test.stop)
				return nil, ctx.Err()
			})
			out := &recording{}
			if err := b.Handle(ctx, private("/summary"), out); !errors.Is(err, test.want) || test.want == nil && err != nil {
				t.Errorf("Handle returned %v, want %v", err, test.want)
			}
			if len(out.partial) != 1 || !strings.HasSuffix(out.partial[0].Plain(), "▓▓░░░░░░░░ 1/4") || len(out.partial[0].Buttons) != 1 {
				t.Errorf("meanwhile it shows %+v", out.partial)
			}
			if test.said == "" {
				if len(out.final) > 0 {
					t.Errorf("it says %+v", out.final)
				}
				return
			}
			if said := out.said(t).Plain(); !strings.HasPrefix(said, test.said) {
				t.Errorf("it says %q, want %q", said, test.said)
			}
		})
	}
}

func TestProgressBar(t *testing.T) {
	for _, test := range []struct {
		done, of int
		want     string
	}{
		{0, 3, "░░░░░░░░░░ 0/3"}, {1, 3, "▓▓▓░░░░░░░ 1/3"}, {3, 3, "▓▓▓▓▓▓▓▓▓▓ 3/3"}, {0, 0, "░░░░░░░░░░ 0/0"},
	} {
		if got := progressBar(test.done, test.of); got != test.want {
			t.Errorf("%d of %d: %s", test.done, test.of, got)
		}
	}
}
