package prompts

import (
	"regexp"
	"strings"
)

// Some models write their thoughts as lines between two labels, or in a fence.
var (
	thoughtLabel = regexp.MustCompile(`(?i)^\W*(?:(?:here is |here's )?(?:my )?(?:thinking|thoughts?|reasoning|chain of thought)(?: process)?|(?:quá trình |dòng )?suy nghĩ|suy luận)\W*:`)
	answerLabel  = regexp.MustCompile(`(?i)^\W*(?:(?:here is |here's )?(?:my |the )?(?:final )?(?:answer|response)|(?:câu )?trả lời(?: cuối cùng)?|đáp án)\W*:[\s*_]*`)
	thoughtFence = regexp.MustCompile("(?i)^\\s*(?:`{3,}|~{3,})\\s*(?:think|thought|reason)")
)

// isThought reports whether a line, or a part of one, is inside a fence of thoughts. If
// the line begins the answer after labelled thoughts, its label is removed.
func (r *Reader) isThought(line *string) bool {
	first := !r.started
	r.started = r.started || strings.TrimSpace(*line) != ""
	switch {
	case r.fence:
		r.fence = r.midline || !fenced.MatchString(strings.TrimSpace(*line))
		return true
	case r.midline:
	case thoughtFence.MatchString(*line):
		r.fence = true
		return true
	case first && thoughtLabel.MatchString(*line):
		r.holding = true
	case r.holding && answerLabel.MatchString(*line):
		*line = answerLabel.ReplaceAllString(*line, "")
		r.holding, r.held, r.pending, r.refused = false, nil, nil, false
	}
	return false
}
