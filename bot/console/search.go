package console

import (
	"fmt"
	"io"
	"strings"
)

// WriteSearch prints what a search found.
func WriteSearch(out io.Writer, found searchJSON) error {
	var b strings.Builder
	if len(found.Passages) == 0 {
		b.WriteString("nothing found\n")
	}
	for _, p := range found.Passages {
		fmt.Fprintf(&b, "%d. [%.2f] paragraph %d", p.Rank, p.Score, p.Paragraph)
		if p.Page != 0 {
			fmt.Fprintf(&b, ", p. %d", p.Page)
		}
		if p.Section != "" {
			fmt.Fprintf(&b, ", %s", p.Section)
		}
		fmt.Fprintf(&b, "\n   %s", p.Text)
		if len(p.Footnotes) > 0 {
			fmt.Fprintf(&b, " %s", numbered(p.Footnotes))
		}
		b.WriteString("\n\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}
