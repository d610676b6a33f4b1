package telegramtest

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

var htmlTags = map[string]bool{
	"a": true, "b": true, "strong": true, "i": true, "em": true, "s": true, "strike": true, "del": true,
	"u": true, "ins": true, "tg-spoiler": true, "span": true,
	"pre": true, "code": true, "blockquote": true,
}

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	for !isSpace(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	if p.at(p.pos) == 0 {
		return wordingf("Unclosed start tag at byte offset %d", begin)
	}
	tag := openTag{name: lower(p.in[begin+1 : p.pos]), offset: p.units, start: len(p.out)}
	if !htmlTags[tag.name] {
		return wordingf("Unsupported start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	for p.at(p.pos) != '>' {
		p.skipSpace()
		if p.at(p.pos) == '>' {
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	p.pos++
	if tag.name == "span" && tag.argument != "spoiler" {
		return wordingf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	p.open = append(p.open, tag)
	return nil
}

func (p *htmlParser) skipSpace() {
	for p.at(p.pos) != 0 && isSpace(p.at(p.pos)) {
		p.pos++
	}
}

// attribute reads one attribute of the tag that began at begin.
func (p *htmlParser) attribute(tag *openTag, begin int) error {
	start := p.pos
	for c := p.at(p.pos); !isSpace(c) && !strings.ContainsRune(`=>/"'`, rune(c)); c = p.at(p.pos) {
		p.pos++
	}
	name := p.in[start:p.pos]
	if name == "" {
		return wordingf("Empty attribute name in the tag \"%s\" at byte offset %d", tag.name, begin)
	}
	p.skipSpace()
	if p.at(p.pos) == 0 {
		return wordingf("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	if p.at(p.pos) != '=' {
		if tag.name == "blockquote" && name == "expandable" {
			tag.argument = "1"
		}
		return nil
	}
	p.pos++
	p.skipSpace()
	if p.at(p.pos) == 0 {
		return wordingf("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	value, err := p.attributeValue()
	if err != nil {
		return err
	}
	if p.at(p.pos) == 0 {
		return wordingf("Unclosed start tag at byte offset %d", begin)
	}
	tag.take(name, value)
	return nil
}

func (p *htmlParser) attributeValue() (string, error) {
	quote := p.at(p.pos)
	if quote != '"' && quote != '\'' {
		start := p.pos
		for c := p.at(p.pos); isLetter(c) || isDigit(c, 10) || c == '.' || c == '-'; c = p.at(p.pos) {
			p.pos++
		}
		if !isSpace(p.at(p.pos)) && p.at(p.pos) != '>' {
			return "", wordingf("Unexpected end of name token at byte offset %d", start)
		}
		return lower(p.in[start:p.pos]), nil
	}
	p.pos++
	var value []byte
	for p.at(p.pos) != quote && p.at(p.pos) != 0 {
		if p.at(p.pos) == '&' {
			if code, end := p.reference(p.pos); code != 0 {
				value = utf8.AppendRune(value, code)
				p.pos = end
				continue
			}
		}
		value = append(value, p.at(p.pos))
		p.pos++
	}
	if p.at(p.pos) == quote {
		p.pos++
	}
	return string(value), nil
}

// take keeps the attributes that mean something; the rest is ignored.
func (t *openTag) take(name, value string) {
	switch t.name + " " + name {
	case "a href":
		t.argument = value
	case "code class":
		if language, ok := strings.CutPrefix(value, "language-"); ok {
			t.argument = language
		}
	case "span class":
		if class, ok := strings.CutPrefix(value, "tg-"); ok {
			t.argument = class
		}
	case "blockquote expandable":
		t.argument = "1"
	}
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return wordingf("Unexpected end tag at byte offset %d", begin)
	}
	for !isSpace(p.at(p.pos)) && p.at(p.pos) != '>' {
		p.pos++
	}
	name := lower(p.in[begin+2 : p.pos])
	p.skipSpace()
	if p.at(p.pos) != '>' {
		return wordingf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	// </> closes whatever is open.
	if name != "" && name != tag.name {
		return wordingf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units == tag.offset {
		return nil // an empty entity is none
	}
	p.add(tag)
	return nil
}

var simpleTags = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"tg-spoiler": "spoiler", "span": "spoiler",
}

// add appends the entity of a tag that was closed.
func (p *htmlParser) add(tag openTag) {
	e := Entity{Type: simpleTags[tag.name], Offset: tag.offset, Length: p.units - tag.offset}
	var last *Entity // the tag directly inside, if it covers the same text
	if n := len(p.entities); n > 0 && p.entities[n-1].Offset == e.Offset && p.entities[n-1].Length == e.Length {
		last = &p.entities[n-1]
	}
	switch tag.name {
	case "a":
		url := tag.argument
		if url == "" {
			url = string(p.out[tag.start:])
		}
		if id, ok := userLink(url); ok {
			e.Type, e.UserID = "text_mention", id
			break
		}
		checked, err := checkLink(url)
		if err != nil {
			p.lost = append(p.lost, fmt.Sprintf("the link to %q (%v)", url, err))
			return
		}
		e.Type, e.URL = "text_link", checked
	case "pre":
		if last != nil && last.Type == "code" && last.Language != "" {
			last.Type = "pre"
			return
		}
		e.Type = "pre"
	case "code":
		if last != nil && last.Type == "pre" && last.Language == "" && tag.argument != "" {
			last.Language = tag.argument
			return
		}
		e.Type, e.Language = "code", tag.argument
	case "blockquote":
		e.Type = "blockquote"
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	}
	p.entities = append(p.entities, e)
}

// lower folds ASCII letters only.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
