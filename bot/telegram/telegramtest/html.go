package telegramtest

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// ParseHTML reads a text as Telegram does with parse_mode HTML and returns it
// as it would stand in the chat: without tags, cleaned of control characters
// and trimmed, with its entities by offset in UTF-16 units.
//
// Formatting that Telegram drops without a word is missing from the result: a
// link inside a link or to an address it does not accept, a quote in a quote,
// anything inside pre and code. The error has Telegram's wording without the
// leading "Bad Request: ". An empty or too long text is no error here.
func ParseHTML(s string) (text string, entities []Entity, err error) {
	f, err := parseHTML(s)
	return f.text, f.entities, err
}

// wording is an error in Telegram's words, which begin with a capital.
type wording string

func (w wording) Error() string { return string(w) }

func wordingf(format string, args ...any) error { return wording(fmt.Sprintf(format, args...)) }

// formatted is a text as it stands in a chat.
type formatted struct {
	text     string
	entities []Entity
	lost     []string // formatting that was dropped, for the report
}

func parseHTML(s string) (formatted, error) {
	if !utf8.ValidString(s) {
		return formatted{}, wording("strings must be encoded in UTF-8")
	}
	p := htmlParser{in: s}
	if err := p.parse(); err != nil {
		return formatted{}, fmt.Errorf("can't parse entities: %w", err)
	}
	f := settle(string(p.out), p.entities)
	f.lost = append(p.lost, f.lost...)
	return f, nil
}

// htmlParser reads tags byte by byte, as Telegram's parser does: its errors
// count bytes of the input.
type htmlParser struct {
	in       string
	pos      int
	out      []byte
	units    int // length of out in UTF-16 units
	entities []Entity
	open     []openTag
	lost     []string
}

type openTag struct {
	name     string
	argument string // of the one attribute that matters: href, class, ...
	offset   int    // of the content, in UTF-16 units
	start    int    // of the content, in bytes of out
}

// at returns the byte at i, and 0 beyond the end, which counts as a space.
func (p *htmlParser) at(i int) byte {
	if i < len(p.in) {
		return p.in[i]
	}
	return 0
}

func isSpace(c byte) bool {
	return c == 0 || c == ' ' || c >= '\t' && c <= '\r' && c != '\f'
}

func (p *htmlParser) parse() error {
	for p.pos < len(p.in) {
		switch c := p.in[p.pos]; c {
		case '&':
			if code, end := p.reference(p.pos); code != 0 {
				if code >= 0xd800 && code <= 0xdfff {
					return wording("Text contains invalid Unicode characters after decoding HTML entities, " +
						"check for unmatched surrogate code units")
				}
				p.emit(code)
				p.pos = end
				continue
			}
			p.emit('&')
			p.pos++
		case '<':
			var err error
			if p.at(p.pos+1) == '/' {
				err = p.endTag()
			} else {
				err = p.startTag()
			}
			if err != nil {
				return err
			}
		default:
			r, size := utf8.DecodeRuneInString(p.in[p.pos:])
			p.emit(r)
			p.pos += size
		}
	}
	if len(p.open) > 0 {
		return wordingf("Can't find end tag corresponding to start tag %q", p.open[len(p.open)-1].name)
	}
	return nil
}

func (p *htmlParser) emit(r rune) {
	p.out = utf8.AppendRune(p.out, r)
	p.units += unitsOf(r)
}

// reference decodes the character reference at i: the four named ones and
// numbers, the semicolon optional. Others return 0 and stay as they are.
func (p *htmlParser) reference(i int) (code rune, end int) {
	end = i + 1
	if p.at(end) != '#' {
		for isLetter(p.at(end)) {
			end++
		}
		code = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}[p.in[i+1:end]]
	} else {
		end++
		base := 10
		if p.at(end) == 'x' {
			base = 16
			end++
		}
		start := end
		for isDigit(p.at(end), base) {
			end++
		}
		n, err := strconv.ParseUint(p.in[start:end], base, 32)
		// Telegram gives up on numbers of that many digits.
		if err != nil || n >= 0x10ffff || end-i >= 10 {
			return 0, 0
		}
		code = rune(n)
	}
	if p.at(end) == ';' {
		end++
	}
	return code, end
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isDigit(c byte, base int) bool {
	return c >= '0' && c <= '9' || base == 16 && (c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')
}
