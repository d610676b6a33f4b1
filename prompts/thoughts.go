package prompts

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// token matches what is not part of the answer: the start or end of thoughts, or a
// special token of the model's template.
var (
	thoughtsBegin = regexp.MustCompile(`(?i)^(?:<(?:think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad|inner_monologue|seed:think)\s*>|\[THINK\]|◁think▷|<\|(?:begin_of_thought|start_thinking|think)\|>|<\|channel\|>\s*(?:analysis|commentary|thought)[^<]*<\|message\|>)`)
	thoughtsEnd   = regexp.MustCompile(`(?i)^(?:</(?:think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad|inner_monologue|seed:think)\s*>|\[/THINK\]|◁/think▷|<\|(?:end_of_thought|end_thinking|/think)\|>|<\|(?:end|return|call)\|>|<\|channel\|>\s*final[^<]*<\|message\|>)`)
	special       = regexp.MustCompile(`(?i)^(?:<\|channel\|>\s*final[^<]*<\|message\|>|<\|[^|>\n]{1,40}\|>|<｜[^｜>\n]{1,40}｜>|</?s>|</?(?:bos|eos|pad|unk)>|<(?:end|start)_of_turn>|</?(?:answer|final_answer|response|output|final)>|\[/?INST\]|\[/?ANSWER\])`)
	// unfinished matches the possible beginning of a token.
	unfinished = regexp.MustCompile(`(?i)^(?:<[|｜/a-z][^>\n]{0,60}|<|\[/?(?:T(?:H(?:I(?:NK?)?)?)?|I(?:N(?:ST?)?)?|A(?:N(?:S(?:W(?:ER?)?)?)?)?)?|◁[/a-z]{0,8}|<\|channel\|>[^<\n]{0,40}(?:<(?:\|[a-z]*\|?)?)?)$`)
)

// tokenStart are the characters that begin a token.
const tokenStart = "<[◁"

// filter removes thoughts and special tokens from a streaming reply. The zero value
// is ready.
type filter struct {
	raw      string // undecided: may be the beginning of a token
	thinking bool
}

// write takes the next piece and returns the text that became visible.
func (f *filter) write(piece string) string {
	f.raw += piece
	var out strings.Builder
	for f.raw != "" {
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
		visible, decided := f.token()
		if !decided {
			break
		}
		out.WriteString(visible)
	}
	return out.String()
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
	switch {
	case f.thinking:
		if end := thoughtsEnd.FindString(f.raw); end != "" {
			f.thinking, f.raw = false, f.raw[len(end):]
			return "", true
		}
	case thoughtsBegin.MatchString(f.raw):
		f.thinking, f.raw = true, f.raw[len(thoughtsBegin.FindString(f.raw)):]
		return "", true
	default:
		for _, kind := range []*regexp.Regexp{special, thoughtsEnd} {
			if found := kind.FindString(f.raw); found != "" {
				f.raw = f.raw[len(found):]
				return "\n", true // ends the line before it
			}
		}
	}
	_, size := utf8.DecodeRuneInString(f.raw)
	visible = f.raw[:size]
	f.raw = f.raw[size:]
	if f.thinking {
		visible = ""
	}
	return visible, true
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
