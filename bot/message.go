package bot

import "strings"

// Message is a message of the bot, independent of the transport. A transport may send it
// as several messages: it splits between lines, and inside a line only if that line alone
// is too long.
type Message struct {
	Lines []Line
	// Folded are quoted lines under the others that a transport shows folded; one that
	// can't fold leaves them out.
	Folded []Line
	// Buttons are rows under the message, or under its last part if it is split. A
	// transport without buttons ignores them.
	Buttons [][]Button
	// Note marks a progress message, which the answer replaces.
	Note bool
	// Quiet messages arrive without a sound.
	Quiet bool
	// File, if not nil, is sent with the message. Its text is then a caption of at most
	// a thousand characters.
	File *File
	// Exchange is the one whose answer this is; 0 for none. The transport stores how it
	// was sent, so that it can be corrected.
	Exchange int64
}

// File is a file that the bot sends.
type File struct {
	Name string
	Data []byte
}

// Button is one button. It has Data, which comes back in a Callback, a Link that
// it opens, or a Query that the person takes to a chat of their choice.
type Button struct {
	Text string
	Data string // 1 to 64 bytes
	Link string
	// Query is for Inline. A transport without inline queries leaves the button
	// out.
	Query string
}

// Line is a line of text with links and bold parts. An empty one separates paragraphs.
// Its text may have line breaks: then those rows stay together where a message is split.
type Line []Span

// Span is a run of text in one style.
type Span struct {
	Text  string
	Link  string // address; empty for plain text
	Bold  bool
	Quote bool // in a block quotation, which a transport may fold; for whole lines only
	// Code is text shown as it is, such as a broken address: a transport must not make
	// a link of it.
	Code bool
}

// With returns a span of the same style with another text.
func (s Span) With(text string) Span {
	s.Text = text
	return s
}

// Plain returns the message without links, as text.
func (m Message) Plain() string {
	var b strings.Builder
	for i, line := range m.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, span := range line {
			b.WriteString(span.Text)
		}
	}
	return b.String()
}

// addText adds the lines of a text.
func (m *Message) addText(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		m.Lines = append(m.Lines, Line{{Text: line}})
	}
}

// gap adds an empty line, unless the message is empty.
func (m *Message) gap() {
	if len(m.Lines) > 0 {
		m.Lines = append(m.Lines, nil)
	}
}

// bold adds a bold line.
func (m *Message) bold(text string) {
	m.Lines = append(m.Lines, Line{{Text: text, Bold: true}})
}

func textMessage(text string) Message {
	var m Message
	m.addText(text)
	return m
}

// titled returns a message that begins with a bold title.
func titled(heading string) Message {
	var m Message
	m.bold(heading)
	return m
}
