package console

import (
	"context"
	"fmt"
	"strings"

	"reportbot/bot"
)

// display shows the answer to one line at a terminal, claim by claim.
type display struct {
	chat  *Chat
	n     int
	noted bool     // the last line is a note, to be erased
	shown []string // lines printed so far, without colours
}

func (s *display) Administers(context.Context) (bool, error) { return true, nil }

func (s *display) Working(_ context.Context, note bot.Message) error {
	if s.noted {
		fmt.Fprint(s.chat.Out, eraseLine)
	}
	text, _, _ := strings.Cut(Plain(note), "\n")
	fmt.Fprint(s.chat.Out, s.chat.styled(dimStyle, visible(text)))
	s.noted = true
	return nil
}

func (s *display) Partial(ctx context.Context, m bot.Message) {
	if m.Note {
		_ = s.Working(ctx, m) // it never fails
		return
	}
	_ = s.show(m) // Final reports the error
}

// show prints the lines of m that were not printed yet. If the printed lines are not a
// prefix of m, all of m is printed below them.
func (s *display) show(m bot.Message) error {
	if s.noted {
		fmt.Fprint(s.chat.Out, eraseLine)
		s.noted = false
	}
	from, lines := 0, rows(m.Lines)
	for from < len(s.shown) && from < len(lines) && plainLine(lines[from]) == s.shown[from] {
		from++
	}
	if from < len(s.shown) {
		from, s.shown = 0, nil
	}
	for _, line := range lines[from:] {
		if err := s.chat.Say(s.chat.styledLine(line)); err != nil {
			return err
		}
		s.shown = append(s.shown, plainLine(line))
	}
	return nil
}

// rows returns lines cut at their line breaks.
func rows(lines []bot.Line) []bot.Line {
	var all []bot.Line
	for _, line := range lines {
		var row bot.Line
		for _, span := range line {
			parts := strings.Split(span.Text, "\n")
			for i, part := range parts {
				if i > 0 {
					all, row = append(all, row), nil
				}
				row = append(row, span.With(part))
			}
		}
		all = append(all, row)
	}
	return all
}

func plainLine(line bot.Line) string {
	var b strings.Builder
	for _, span := range line {
		b.WriteString(span.Text)
	}
	return b.String()
}

func (s *display) Final(_ context.Context, m bot.Message) (int, error) {
	if err := s.show(unpacked(m)); err != nil {
		return 0, err
	}
	if s.chat.buttons = choices(m); len(s.chat.buttons) > 0 {
		_ = s.chat.Say(s.chat.styled(dimStyle, choicesLines(s.chat.buttons))) // the next line reports the error
	}
	_, err := fmt.Fprintln(s.chat.Out)
	return s.n, err
}

func (s *display) Toast(_ context.Context, said string) {
	if said != "" {
		_ = s.chat.Say(s.chat.styled(dimStyle, visible(said))) // a hint; losing it loses no answer
	}
}

func (s *display) Replace(ctx context.Context, m bot.Message) error {
	_, err := s.Final(ctx, m)
	return err
}
