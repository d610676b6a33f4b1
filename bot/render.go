package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"reportbot/bot/answer"
	"reportbot/store/report"
	"reportbot/store/text"
)

// AnswerText returns the answer as plain text with its markers, without the list of
// sources.
func AnswerText(a *answer.Answer) string {
	return Message{Lines: body(a)}.Plain()
}

// NoticeText returns in one line why the answer is extractive or incomplete, in the
// question's language; "" if it is neither.
func NoticeText(a *answer.Answer) string {
	if a.Notice == answer.NoNotice {
		return ""
	}
	notice := say(a.Language, phrase(a.Notice))
	if a.Mode == answer.Extractive && len(a.Claims) > 0 && a.Places < 2 {
		notice += " " + say(a.Language, "closest")
	}
	return notice
}

// Render returns the answer as a message: its claims, with each marker linked to its
// footnote's first link, then the notice and the sources.
func Render(a *answer.Answer) Message { return render(a, nil, false) }

// render is Render with an extra link for each source from open, which may be nil.
// hideNotice leaves out the notice that no model is set.
func render(a *answer.Answer, open func(n int) string, hideNotice bool) Message {
	var m Message
	notice := NoticeText(a)
	if hideNotice && a.Notice == answer.NoModel {
		notice = ""
	}
	if notice != "" && a.Mode == answer.Extractive && len(a.Claims) > 0 {
		m.addText(notice)
		m.gap()
	}
	m.Lines = append(m.Lines, body(a)...)
	if notice != "" && (a.Mode == answer.ByModel || len(a.Claims) == 0) && a.Notice != answer.NoModel {
		m.gap()
		m.addText(notice)
	}
	if len(a.Nearest) > 0 {
		m.gap()
		m.addText(say(a.Language, "nearest"))
		m.Lines = append(m.Lines, claimLines(a.Language, answer.Extractive, a.Nearest, a.NearestNotes)...)
	}
	m.sources(a.Language, a.Footnotes, open)
	return m
}

// sources adds a list of footnotes, if there are any; open is as in sourceLines.
func (m *Message) sources(lang text.Language, footnotes []report.Footnote, open func(n int) string) {
	if len(footnotes) == 0 {
		return
	}
	m.gap()
	m.bold(say(lang, "sources") + ":")
	m.Lines = append(m.Lines, sourceLines(footnotes, open)...)
}

// RenderClaims returns the checked claims of an unfinished answer. Footnotes are
// numbers only; their links and pages come with the complete answer.
func RenderClaims(claims []answer.Claim) Message {
	return Message{Lines: claimLines("", answer.ByModel, claims, nil)}
}

func body(a *answer.Answer) []Line {
	if a.Status == answer.NotInReport && len(a.Claims) == 0 {
		return textMessage(notInReport(a)).Lines
	}
	lines := claimLines(a.Language, a.Mode, a.Claims, a.Footnotes)
	if a.Mode == answer.Extractive && a.Places > 1 {
		said := say(a.Language, "all_places", "N", a.Places)
		if a.Places > len(a.Claims) {
			said = say(a.Language, "some_places", "N", a.Places, "Shown", len(a.Claims))
		}
		lines = append(textMessage(said).Lines, lines...)
	}
	return lines
}

// The most absent words that notInReport names, and the most characters of each.
const (
	maxAbsent       = 4
	maxAbsentLength = 60
)

// notInReport returns the lines for an answer that isn't in the report: how many
// sentences were searched, and which words of the question don't occur.
func notInReport(a *answer.Answer) string {
	said := say(a.Language, "not_in_report")
	if a.Edition == nil || a.Edition.Sentences == 0 {
		return said
	}
	var words []string
	for _, w := range a.Absent {
		if len(words) < maxAbsent && utf8.RuneCountInString(w) <= maxAbsentLength {
			words = append(words, "“"+w+"”")
		}
	}
	if len(words) == 0 {
		return said + " " + say(a.Language, "searched", "N", a.Edition.Sentences)
	}
	return said + " " + say(a.Language, "absent", "Words", strings.Join(words, ", "), "N", a.Edition.Sentences)
}

// claimLines returns claims, one a line, with the pages of their sources if a language
// is given.
func claimLines(lang text.Language, mode answer.Mode, claims []answer.Claim, footnotes []report.Footnote) []Line {
	var lines []Line
	for _, claim := range claims {
		said := claim.Text
		var places []string
		if mode == answer.Extractive || claim.Quoted {
			said = "“" + said + "”"
			if claim.When != "" {
				places = append(places, claim.When)
			}
		}
		if lang != "" && len(claim.Pages) > 0 {
			places = append(places, onPage(lang, claim.Pages...))
		}
		if len(places) > 0 {
			said += " (" + strings.Join(places, ", ") + ")"
		}
		line := Line{{Text: said}}
		for _, n := range claim.Footnotes {
			line = append(line, Span{Text: " "}, markerOf(footnotes, n))
		}
		lines = append(lines, line)
	}
	return lines
}

// marker is a footnote's marker, with its first link if it has one.
func marker(f report.Footnote) Span {
	mark := Span{Text: fmt.Sprintf("[%d]", f.N)}
	if len(f.Links) > 0 {
		mark.Link = f.Links[0].URL
	}
	return mark
}

// markerOf is the marker of footnote n, without a link if it is not among footnotes.
func markerOf(footnotes []report.Footnote, n int) Span {
	at := slices.IndexFunc(footnotes, func(f report.Footnote) bool { return f.N == n })
	if at < 0 {
		return marker(report.Footnote{N: n})
	}
	return marker(footnotes[at])
}

// onPage formats page numbers: "tr. 12", "tr. 12, 13".
func onPage(lang text.Language, pages ...int) string {
	numbers := make([]string, len(pages))
	for i, page := range pages {
		numbers[i] = strconv.Itoa(page)
	}
	return say(lang, "on_page", "Pages", strings.Join(numbers, ", "))
}

// sourceLines lists footnotes, one a line: number, then links named by their sites.
// Further links to the same site are numbered: "site (2)". If open is not nil, it
// returns where the passage behind a footnote can be read.
func sourceLines(footnotes []report.Footnote, open func(n int) string) []Line {
	var lines []Line
	for _, f := range footnotes {
		line := Line{{Text: fmt.Sprintf("[%d]", f.N)}}
		count := map[string]int{}
		for i, link := range f.Links {
			separator := " "
			if i > 0 {
				separator = " · "
			}
			name := link.Site
			if count[link.Site]++; count[link.Site] > 1 {
				name = fmt.Sprintf("%s (%d)", link.Site, count[link.Site])
			}
			line = append(line, Span{Text: separator}, Span{Text: name, Link: link.URL})
		}
		if len(f.Links) == 0 && f.Raw != "" {
			line = append(line, Span{Text: " "}, Span{Text: text.Clean(f.Raw), Code: true})
		}
		if open != nil {
			line = append(line, Span{Text: " · "}, Span{Text: "📄", Link: open(f.N)})
		}
		lines = append(lines, line)
	}
	return lines
}
