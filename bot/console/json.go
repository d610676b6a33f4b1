package console

import (
	"strconv"
	"time"

	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/retrieval"
	"reportbot/store/report"
)

// Milliseconds is a time in JSON.
type Milliseconds float64

func milliseconds(d time.Duration) Milliseconds {
	return Milliseconds(float64(d.Microseconds()) / 1000)
}

// SearchJSON is one line of `search --json`.
type SearchJSON struct {
	Question string        `json:"question"`
	TookMS   Milliseconds  `json:"took_ms"`
	Passages []PassageJSON `json:"passages"`
}

// PassageJSON is a found passage.
type PassageJSON struct {
	Rank      int     `json:"rank"`
	ID        string  `json:"id"`
	Score     float64 `json:"score"`
	Section   string  `json:"section"`
	Paragraph int     `json:"paragraph"`
	Page      int     `json:"page,omitempty"` // of formats that have pages
	Text      string  `json:"text"`
	Footnotes []int   `json:"footnotes"`
}

// AnswerJSON is one line of `ask --json`.
type AnswerJSON struct {
	Question  string         `json:"question"`
	Lang      string         `json:"lang"`
	Intent    string         `json:"intent"`
	Status    string         `json:"status"`
	Mode      string         `json:"mode"`
	Notice    string         `json:"notice"`
	Text      string         `json:"text"`
	Claims    []ClaimJSON    `json:"claims"`
	Footnotes []FootnoteJSON `json:"footnotes"`
	Passages  []PassageJSON  `json:"passages"`
	Rejected  []RejectedJSON `json:"rejected"`
	Searched  *SearchedJSON  `json:"searched,omitempty"` // where the report does not say
	Usage     UsageJSON      `json:"usage"`
	TookMS    TookJSON       `json:"took_ms"`
}

// SearchedJSON is what was read for a question that the report does not answer.
type SearchedJSON struct {
	Sentences int      `json:"sentences"`
	Absent    []string `json:"absent"` // words of the question that no sentence has
}

// ClaimJSON is a claim with what stands behind it.
type ClaimJSON struct {
	Text      string   `json:"text"`
	Footnotes []int    `json:"footnotes"`
	Sources   []string `json:"sources"`
	Quoted    bool     `json:"quoted"`
	Pages     []int    `json:"pages,omitempty"` // of the sources, of formats that have pages
}

// FootnoteJSON is a footnote of an answer.
type FootnoteJSON struct {
	N     int        `json:"n"`
	Links []LinkJSON `json:"links"`
}

// LinkJSON is a link of a footnote.
type LinkJSON struct {
	URL  string `json:"url"`
	Site string `json:"site"`
}

// RejectedJSON is a claim that was not shown.
type RejectedJSON struct {
	Text   string `json:"text"`
	Why    string `json:"why"`
	Detail string `json:"detail"`
	Quoted bool   `json:"quoted"`
}

// UsageJSON is what the model counted.
type UsageJSON struct {
	PromptTokens     int `json:"prompt_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	Calls            int `json:"calls"`
}

// TookJSON is how long an answer took, and its parts.
type TookJSON struct {
	Total     Milliseconds `json:"total"`
	Retrieval Milliseconds `json:"retrieval"`
	Model     Milliseconds `json:"model"`
}

// CheckJSON is what `check --json` prints.
type CheckJSON struct {
	Title      string          `json:"title"`
	Date       string          `json:"date"`
	Authors    []string        `json:"authors"`
	Sections   int             `json:"sections"`
	Paragraphs int             `json:"paragraphs"`
	Sentences  int             `json:"sentences"`
	Passages   int             `json:"passages"`
	Footnotes  []CheckNoteJSON `json:"footnotes"`
	Uncited    []int           `json:"uncited"`
	Missing    []int           `json:"missing"`
	Warnings   []string        `json:"warnings"`
}

// CheckNoteJSON is a note as it was read.
type CheckNoteJSON struct {
	N        int      `json:"n"`
	Raw      string   `json:"raw"`
	Links    []string `json:"links"`
	Defanged bool     `json:"defanged"`
	Damaged  []string `json:"damaged"`
}

// Search returns the JSON form of what was found in took.
func Search(question string, hits []retrieval.Hit, took time.Duration) SearchJSON {
	return SearchJSON{Question: question, TookMS: milliseconds(took), Passages: passages(hits)}
}

func passages(hits []retrieval.Hit) []PassageJSON {
	list := make([]PassageJSON, len(hits))
	for i, hit := range hits {
		list[i] = PassageJSON{
			Rank: i + 1, ID: strconv.FormatInt(hit.ID, 10), Score: hit.Score, Section: hit.Section,
			Paragraph: hit.Paragraph, Page: hit.Page(), Text: hit.Text(), Footnotes: present(hit.Footnotes()),
		}
	}
	return list
}

// Answer returns the JSON form of an answer.
func Answer(a *answer.Answer) AnswerJSON {
	wire := AnswerJSON{
		Question: a.Question, Lang: string(a.Language), Intent: string(intent.Question), Status: string(a.Status), Mode: string(a.Mode),
		Notice: bot.Notice(a), Text: bot.Text(a),
		Claims: []ClaimJSON{}, Footnotes: []FootnoteJSON{}, Passages: passages(a.Passages), Rejected: []RejectedJSON{},
		Usage:  UsageJSON(a.Usage),
		TookMS: TookJSON{milliseconds(a.Took.Total), milliseconds(a.Took.Retrieval), milliseconds(a.Took.Model)},
	}
	if a.Status == answer.NotInReport && a.Edition != nil {
		wire.Searched = &SearchedJSON{a.Edition.Sentences, present(a.Absent)}
	}
	for _, c := range a.Claims {
		wire.Claims = append(wire.Claims, ClaimJSON{c.Text, present(c.Footnotes), present(c.Sources), c.Quoted || a.Mode == answer.Extractive, c.Pages})
	}
	for _, f := range a.Footnotes {
		links := []LinkJSON{}
		for _, link := range f.Links {
			links = append(links, LinkJSON(link))
		}
		wire.Footnotes = append(wire.Footnotes, FootnoteJSON{f.N, links})
	}
	for _, r := range a.Rejected {
		wire.Rejected = append(wire.Rejected, RejectedJSON{r.Text, string(r.Why), r.Detail, r.Quoted})
	}
	return wire
}

// Check returns the JSON form of a report as it was read.
func Check(r *report.Report) CheckJSON {
	wire := CheckJSON{
		Title: r.Title, Date: r.Date, Authors: present(r.Authors), Sections: len(r.Sections),
		Paragraphs: len(r.Paragraphs), Sentences: r.SentenceCount(), Passages: len(r.Passages()),
		Footnotes: []CheckNoteJSON{}, Uncited: present(r.Uncited), Missing: present(r.Missing), Warnings: present(r.Warnings),
	}
	for _, f := range r.Footnotes {
		note := CheckNoteJSON{N: f.N, Raw: f.Raw, Links: []string{}, Defanged: f.Defanged, Damaged: present(f.Damaged)}
		for _, link := range f.Links {
			note.Links = append(note.Links, link.URL)
		}
		wire.Footnotes = append(wire.Footnotes, note)
	}
	return wire
}

// present returns an empty list for none, which JSON writes as [].
func present[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
