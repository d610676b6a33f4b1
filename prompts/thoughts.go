package prompts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is not part of the answer: the start or end of thoughts, or a special token of
// the model's template.
var (
	// thoughtTag is a tag by a name of thoughts, whatever else is in the name:
	// <think>, </seed:think>, <thought_process type="long">. Its last group is the name.
	thoughtTag    = regexp.MustCompile(`(?i)^<\s?(/?)\s?(?:[a-z]{1,12}:)?(?:[a-z][a-z0-9_]{0,15}?)??(think|thought|reason|reflect|analysis|scratchpad|monologue|rationale|deliberat|ponder|cot|plan)[a-z0-9_]{0,40}(?:\s[^<>\n]{0,40})?/?>`)
	thoughtsBegin = regexp.MustCompile(`(?i)^(?:\[THINK\]|◁think▷|<\|(?:begin_of_thought|start_thinking|think)\|>|<\|channel\|?>\s*(?:analysis|commentary|thought)(?:[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>|\s)|<unused94>)`)
	// thoughtsEnd ends thoughts. It can also end an answer, so by itself it doesn't show
	// that the text before it was thoughts.
	thoughtsEnd = regexp.MustCompile(`(?i)^<\|(?:end|return|call)\|>`)
	// answerBegin says that all before it was thoughts.
	answerBegin = regexp.MustCompile(`(?i)^(?:\[/THINK\]|◁/think▷|<\|(?:end_of_thought|end_thinking|/think)\|>|<channel\|>|<unused95>|<\|channel\|>\s*final[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>)`)
	special     = regexp.MustCompile(`(?i)^(?:<\|[^|>\n]{1,40}\|>|<｜[^｜>\n]{1,40}｜>|</?s>|</?(?:bos|eos|pad|unk)>|<(?:end|start)_of_turn>|<\|turn>|<turn\|>|<</?sys>>|<0x[0-9a-f]{2}>|</?(?:answer|final_answer|response|output|final)>|\[/?INST\]|\[/?ANSWER\])`)
	// unfinished matches the possible beginning of a token.
	unfinished = regexp.MustCompile(`(?i)^(?:<</?sys>|<\s?[|｜/a-z0<][^>\n]{0,130}|<\s?|\[/?(?:T(?:H(?:I(?:NK?)?)?)?|I(?:N(?:ST?)?)?|A(?:N(?:S(?:W(?:ER?)?)?)?)?)?|◁[/a-z]{0,8}|<\|channel\|?>[^<\n]{0,40}(?:<(?:\|[a-z]*\|?)?|<\|constrain\|>[^<\n]{0,40}(?:<(?:\|[a-z]*\|?)?)?)?)$`)
)

// Where a server takes off the special tokens, the channels' names stay.
const (
	bareThoughts = "analysis"
	bareAnswer   = "assistantfinal"
)

// tokenStart are the characters that begin a token.
const tokenStart = "<[◁"

// filter removes thoughts and special tokens from a streaming reply. The zero value
// is ready.
type filter struct {
	raw      string // undecided: may be the beginning of a token
	started  bool   // something has been read
	thinking bool
	tag      string // name of the tag that began the thoughts; empty: no tag did
	bare     bool   // they began without a token
	answered bool   // an answer has begun by a token
	// restarts counts the ends of thoughts that had not begun: what was visible before
	// them was thoughts.
	restarts int
}

// write takes the next piece and returns the text that became visible, since the
// last restart.
func (f *filter) write(piece string) string {
	f.raw += piece
	if !f.started && !f.start() {
		return ""
	}
	var out strings.Builder
	for f.raw != "" {
		if f.bare && !f.skip() {
			break
		}
		at := strings.IndexAny(f.raw, tokenStart)
		if at < 0 {
			at = len(f.raw) - halfRune(f.raw)
		}
		if !f.thinking {
			out.WriteString(f.raw[:at])
		}
		f.raw = f.raw[at:]
		if !strings.ContainsAny(f.raw, tokenStart) {
			break
		}
		before := f.restarts
		visible, decided := f.token()
		if !decided {
			break
		}
		if f.restarts != before {
			out.Reset()
		}
		out.WriteString(visible)
	}
	return out.String()
}

// start reports whether the reply's beginning is known, and notes whether it is the
// bare name of a channel: the thoughts stand right behind it.
func (f *filter) start() bool {
	behind, named := strings.CutPrefix(f.raw, bareThoughts)
	if strings.HasPrefix(bareThoughts, f.raw) || named && !utf8.FullRuneInString(behind) {
		return false
	}
	f.started = true
	if first, _ := utf8.DecodeRuneInString(behind); named && (unicode.IsUpper(first) || first == '\n') {
		f.bare, f.thinking = true, true
	}
	return true
}

// skip drops thoughts without a token, and reports whether they have ended.
func (f *filter) skip() bool {
	if at := strings.Index(f.raw, bareAnswer); at >= 0 {
		f.raw, f.bare, f.thinking = f.raw[at+len(bareAnswer):], false, false
		return true
	}
	f.raw = f.raw[max(0, len(f.raw)-len(bareAnswer)):]
	return false
}

// halfRune returns the number of bytes at the end of s that begin a character.
func halfRune(s string) int {
	for n := 1; n < utf8.UTFMax && n <= len(s); n++ {
		if tail := s[len(s)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRuneInString(tail) {
				return n
			}
			return 0
		}
	}
	return 0
}

// token consumes a token at the start of the raw text, else one character. decided is
// false if that depends on what comes next.
func (f *filter) token() (visible string, decided bool) {
	if unfinished.MatchString(f.raw[:len(f.raw)-halfRune(f.raw)]) {
		return "", false
	}
	take := func(token string) { f.raw = f.raw[len(token):] }
	if m := thoughtTag.FindStringSubmatch(f.raw); m != nil {
		take(m[0])
		if !strings.HasSuffix(m[0], "/>") {
			f.atTag(m[1] != "", strings.ToLower(m[2]))
		}
		return "", true
	}
	if end := answerBegin.FindString(f.raw); end != "" {
		take(end)
		if !f.thinking && !f.answered {
			f.restarts++
		}
		f.thinking, f.answered = false, true
		return "", true
	}
	if end := thoughtsEnd.FindString(f.raw); end != "" && f.thinking {
		take(end)
		f.thinking = false
		return "", true
	}
	if begin := thoughtsBegin.FindString(f.raw); begin != "" {
		take(begin)
		f.thinking, f.tag = true, ""
		return "", true
	}
	if found := special.FindString(f.raw); found != "" {
		take(found)
		if f.thinking {
			return "", true
		}
		return "\n", true // ends the line before it
	}
	_, size := utf8.DecodeRuneInString(f.raw)
	visible = f.raw[:size]
	f.raw = f.raw[size:]
	if f.thinking {
		visible = ""
	}
	return visible, true
}

// atTag begins or ends thoughts at a tag. One of another name inside of thoughts is
// part of them.
func (f *filter) atTag(ends bool, name string) {
	switch {
	case f.thinking && ends && (f.tag == "" || f.tag == name):
		f.thinking, f.answered = false, true
	case f.thinking:
	case ends:
		f.restarts++
	default:
		f.thinking, f.tag = true, name
	}
}

// close returns the text that was held back.
func (f *filter) close() string {
	rest := f.raw
	f.raw = ""
	if f.thinking || unfinished.MatchString(rest) && len(rest) > 1 && rest[0] == '<' && !strings.ContainsAny(rest, " ") {
		return "" // an incomplete token
	}
	return rest
}

// visible returns a whole reply without thoughts and tokens.
func visible(reply string) string {
	var f filter
	return f.write(reply) + f.close()
}

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
		r.holding, r.held, r.pending, r.notInReport = false, nil, nil, false
	}
	return false
}
