package report

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"reportbot/store/text/lazyregexp"

	"github.com/BurntSushi/toml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"go.yaml.in/yaml/v3"
)

var (
	yamlEnd = lazyregexp.New(`(?m)^(?:---|\.\.\.)[ \t]*(?:\n|\z)`)
	tomlEnd = lazyregexp.New(`(?m)^\+\+\+[ \t]*(?:\n|\z)`)
)

// frontMatter separates YAML or TOML front matter from the text.
func frontMatter(written []byte) (metadata, []byte) {
	for _, form := range []struct {
		fence string
		end   *lazyregexp.Regexp
		read  func([]byte, any) error
	}{{"---", yamlEnd, yaml.Unmarshal}, {"+++", tomlEnd, toml.Unmarshal}} {
		rest, found := bytes.CutPrefix(written, []byte(form.fence))
		blank, rest, _ := bytes.Cut(rest, []byte("\n"))
		if !found || len(bytes.TrimSpace(blank)) > 0 {
			continue
		}
		end := form.end.FindIndex(rest)
		if end == nil {
			continue
		}
		matter, text := rest[:end[0]], rest[end[1]:]
		var fields map[string]any
		if form.read(matter, &fields) != nil {
			fields = fieldsByLine(matter)
		}
		if fields == nil {
			continue
		}
		return metadataOf(fields), text
	}
	return metadata{}, written
}

// fieldsByLine reads invalid front matter line by line, mostly because a title has a colon
// in it; nil if it has other lines.
func fieldsByLine(matter []byte) map[string]any {
	var fields map[string]any
	for line := range strings.Lines(string(matter)) {
		line = strings.TrimRight(line, " \r\n")
		name, value, found := strings.Cut(line, ":")
		switch {
		case line == "", strings.HasPrefix(line, " "), strings.HasPrefix(line, "-"), strings.HasPrefix(line, "#"):
			continue // a blank line, a part of a field, a comment
		case !found || strings.Contains(name, " "):
			return nil
		case fields == nil:
			fields = map[string]any{}
		}
		fields[name] = strings.Trim(strings.TrimSpace(value), `"'`)
	}
	return fields
}

// metadataOf reads title, date and authors of front matter.
func metadataOf(fields map[string]any) metadata {
	var about metadata
	for name, value := range fields {
		switch strings.ToLower(name) {
		case "title":
			if value != nil {
				about.title = strings.Join(strings.Fields(fmt.Sprint(value)), " ")
			}
		case "date", "published", "publishdate":
			about.date = dateOf(value)
		case "author", "authors", "by":
			about.authors = append(about.authors, namesOf(value)...)
		}
	}
	return about
}

func dateOf(value any) string {
	switch value := value.(type) {
	case time.Time:
		return value.Format(time.DateOnly)
	case string:
		if len(value) >= 10 {
			if _, err := time.Parse(time.DateOnly, value[:10]); err == nil {
				return value[:10]
			}
		}
		date, _, _ := parseDate(value)
		return date
	case fmt.Stringer:
		return dateOf(value.String())
	}
	return ""
}

func namesOf(value any) []string {
	switch value := value.(type) {
	case string:
		var names []string
		for _, name := range nameList.Split(value, -1) {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
		return names
	case []any:
		var names []string
		for _, v := range value {
			names = append(names, namesOf(v)...)
		}
		return names
	case map[string]any:
		return namesOf(value["name"])
	}
	return nil
}

// withoutInlineNotes moves inline notes, ^[...], to separate definitions.
func withoutInlineNotes(written []byte) []byte {
	if !bytes.Contains(written, []byte("^[")) {
		return written
	}
	var out, notes strings.Builder
	count, fenced := 0, false
	for line := range strings.Lines(string(written)) {
		if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
			fenced = !fenced
		}
		if fenced || strings.HasPrefix(line, "    ") {
			out.WriteString(line)
			continue
		}
		for {
			at := inlineNote(line)
			end := -1
			if at >= 0 {
				end = closing(line, at+2)
			}
			if end < 0 {
				break
			}
			count++
			label := "inline-note-" + strconv.Itoa(count)
			out.WriteString(line[:at] + "[^" + label + "]")
			notes.WriteString("\n[^" + label + "]: " + line[at+2:end] + "\n")
			line = line[end+1:]
		}
		out.WriteString(line)
	}
	return []byte(out.String() + "\n" + notes.String())
}

// inlineNote returns the position of an inline note outside of code; -1 if there is none.
func inlineNote(line string) int {
	code := false
	for i := range len(line) {
		switch {
		case line[i] == '`':
			code = !code
		case !code && strings.HasPrefix(line[i:], "^[") && (i == 0 || line[i-1] != '\\' && line[i-1] != '['):
			return i
		}
	}
	return -1
}

// closing returns the position of the bracket that closes the one at i; -1 if there is none.
func closing(line string, i int) int {
	depth := 1
	for ; i < len(line); i++ {
		switch line[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// caretSuperscripts and tildeSubscripts match pandoc's superscripts and subscripts: 10^6^,
// km^2^, H~2~O.
var caretSuperscripts = lazyregexp.New(`([^\s^\\\[])\^([+−–-]?\d{1,4}(?:[,–-]\d{1,4})*|[a-z]{1,2})\^`)

var tildeSubscripts = lazyregexp.New(`([\pL)\]])~(\d{1,3}|[a-z]{1,2})~`)

// superscriptTags converts such superscripts to HTML tags, outside of code, and subscripts
// to text.
func superscriptTags(written []byte) []byte {
	if !caretSuperscripts.Match(written) && !tildeSubscripts.Match(written) {
		return written
	}
	var out bytes.Buffer
	for line := range bytes.Lines(written) {
		parts := bytes.Split(line, []byte("`"))
		for i := 0; i < len(parts) && !bytes.HasPrefix(line, []byte("    ")); i += 2 {
			parts[i] = caretSuperscripts.ReplaceAll(parts[i], []byte("$1<sup>$2</sup>"))
			parts[i] = tildeSubscripts.ReplaceAll(parts[i], []byte("$1$2"))
		}
		out.Write(bytes.Join(parts, []byte("`")))
	}
	return out.Bytes()
}

// linksWithin matches links within the page in raw HTML: their notes are HTML too.
var linksWithin = lazyregexp.New(`(?i)<a\b[^>]*\shref\s*=\s*["']?#`)

var markdownToHTML = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe()))

// renderedMarkdown reads a text as the page that it is shown as.
func renderedMarkdown(written []byte) (*document, error) {
	var page bytes.Buffer
	if err := markdownToHTML.Convert(written, &page); err != nil {
		return nil, err
	}
	return readHTML(page.Bytes())
}
