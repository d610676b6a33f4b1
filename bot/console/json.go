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

// milliseconds returns a duration as JSON has it, in milliseconds.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// searchJSON is one line of `search --json`.
type searchJSON struct {
	Question string        `json:"question"`
	TookMS   float64       `json:"took_ms"`
	Passages []passageJSON `json:"passages"`
}

// passageJSON is a found passage.
type passageJSON struct {
	Rank      int     `json:"rank"`
	ID        string  `json:"id"`
	Score     float64 `json:"score"`
	Section   string  `json:"section"`
	Paragraph int     `json:"paragraph"`
	Page      int     `json:"page,omitempty"` // of formats that have pages
	Text      string  `json:"text"`
	Footnotes []int   `json:"footnotes"`
}

// answerJSON is one line of `ask --json`.
type answerJSON struct {
	Question  string         `json:"question"`
	Lang      string         `json:"lang"`
	Intent    string         `json:"intent"`
	Status    string         `json:"status"`
	Mode      string         `json:"mode"`
	Notice    string         `json:"notice"`
	Text      string         `json:"text"`
	Claims    []claimJSON    `json:"claims"`
	Footnotes []footnoteJSON `json:"footnotes"`
	Passages  []passageJSON  `json:"passages"`
	Rejected  []rejectedJSON `json:"rejected"`
	Searched  *searchedJSON  `json:"searched,omitempty"` // if the answer is not in the report
	Places    int            `json:"places,omitempty"`   // all matching sentences; a list shows some of them
	Usage     usageJSON      `json:"usage"`
	TookMS    tookJSON       `json:"took_ms"`
}

// searchedJSON describes the search for a question that the report does not answer.
type searchedJSON struct {
	Sentences int      `json:"sentences"`
	Absent    []string `json:"absent"` // words of the question that no sentence has
}

// claimJSON is a claim with the sentences it cites.
type claimJSON struct {
	Text      string   `json:"text"`
	Footnotes []int    `json:"footnotes"`
	Sources   []string `json:"sources"`
	Quoted    bool     `json:"quoted"`
	Pages     []int    `json:"pages,omitempty"` // of the sources, of formats that have pages
}

// footnoteJSON is a footnote of an answer.
type footnoteJSON struct {
	N     int        `json:"n"`
	Links []linkJSON `json:"links"`
}

// linkJSON is a link of a footnote.
type linkJSON struct {
	URL  string `json:"url"`
	Site string `json:"site"`
}

// rejectedJSON is a claim that was not shown.
type rejectedJSON struct {
	Text   string `json:"text"`
	Why    string `json:"why"`
	Detail string `json:"detail"`
	Quoted bool   `json:"quoted"`
}

// usageJSON is the tokens and calls of the model.
type usageJSON struct {
	PromptTokens     int `json:"prompt_tokens"`
	CompletionTokens int `json:"completion_tokens"`
	Calls            int `json:"calls"`
}

// tookJSON is how long an answer took, and its parts.
type tookJSON struct {
	Total     float64 `json:"total"`
	Retrieval float64 `json:"retrieval"`
	Model     float64 `json:"model"`
}

// checkJSON is what `check --json` prints.
type checkJSON struct {
	Title      string          `json:"title"`
	Date       string          `json:"date"`
	Authors    []string        `json:"authors"`
	Sections   int             `json:"sections"`
	Paragraphs int             `json:"paragraphs"`
	Sentences  int             `json:"sentences"`
	Passages   int             `json:"passages"`
	Footnotes  []checkNoteJSON `json:"footnotes"`
	Uncited    []int           `json:"uncited"`
	Missing    []int           `json:"missing"`
	Warnings   []string        `json:"warnings"`
	Exam       *examJSON       `json:"exam,omitempty"` // with --exam
}

// checkNoteJSON is a note as it was read.
type checkNoteJSON struct {
	N        int      `json:"n"`
	Raw      string   `json:"raw"`
	Links    []string `json:"links"`
	Defanged bool     `json:"defanged"`
	Damaged  []string `json:"damaged"`
}

// Search returns the JSON form of a search's hits and duration.
func Search(question string, hits []retrieval.Hit, took time.Duration) searchJSON {
	return searchJSON{Question: question, TookMS: milliseconds(took), Passages: passages(hits)}
}

func passages(hits []retrieval.Hit) []passageJSON {
	list := make([]passageJSON, len(hits))
	for i, hit := range hits {
		list[i] = passageJSON{
			Rank: i + 1, ID: strconv.FormatInt(hit.ID, 10), Score: hit.Score, Section: hit.Section,
			Paragraph: hit.Paragraph, Page: hit.Page(), Text: hit.Text(), Footnotes: present(hit.Footnotes()),
		}
	}
	return list
}

// Answer returns the JSON form of an answer.
func Answer(a *answer.Answer) answerJSON {
	wire := answerJSON{
		Question: a.Question, Lang: string(a.Language), Intent: string(intent.Question), Status: string(a.Status), Mode: string(a.Mode),
		Notice: bot.NoticeText(a), Text: bot.AnswerText(a),
		Claims: mapped(a.Claims, func(c answer.Claim) claimJSON {
			return claimJSON{c.Text, present(c.Footnotes), present(c.Sources), c.Quoted || a.Mode == answer.Extractive, c.Pages}
		}),
		Footnotes: mapped(a.Footnotes, footnote), Passages: passages(a.Passages), Rejected: mapped(a.Rejected, rejected),
		Places: a.Places, Usage: usageJSON(a.Usage),
		TookMS: tookJSON{milliseconds(a.Took.Total), milliseconds(a.Took.Retrieval), milliseconds(a.Took.Model)},
	}
	if a.Status == answer.NotInReport && a.Edition != nil {
		wire.Searched = &searchedJSON{a.Edition.Sentences, present(a.Absent)}
	}
	return wire
}

func footnote(f report.Footnote) footnoteJSON {
	return footnoteJSON{f.N, mapped(f.Links, func(l report.Link) linkJSON { return linkJSON(l) })}
}

func rejected(r answer.Rejected) rejectedJSON {
	return rejectedJSON{r.Text, string(r.Why), r.Detail, r.Quoted}
}

// Reply returns the JSON form of the reply to one message. A reply to anything
// but a question about the report's content has the status "answered".
func Reply(r *bot.Reply) answerJSON {
	a := r.Answer
	if a == nil {
		a = &answer.Answer{Question: r.Question, Language: r.Language, Status: answer.Answered, Mode: answer.Extractive}
	}
	wire := Answer(a)
	wire.Intent = string(r.Intent)
	if r.Intent == intent.Question {
		return wire
	}
	if a.Status == answer.Passages {
		wire.Status = string(answer.Answered)
	}
	wire.Text = r.Text()
	return wire
}

// Check returns the JSON form of a report as it was read, and of its exam unless sat is
// nil.
func Check(r *report.Report, sat *Exam) checkJSON {
	wire := checkJSON{
		Title: r.Title, Date: r.Date, Authors: present(r.Authors), Sections: len(r.Sections),
		Paragraphs: len(r.Paragraphs), Sentences: r.SentenceCount(), Passages: len(r.Passages()),
		Footnotes: mapped(r.Footnotes, func(f report.Footnote) checkNoteJSON {
			return checkNoteJSON{f.N, f.Raw, mapped(f.Links, func(l report.Link) string { return l.URL }), f.Defanged, present(f.Damaged)}
		}),
		Uncited: present(r.Uncited), Missing: present(r.Missing), Warnings: present(r.Warnings),
	}
	if sat != nil {
		wire.Exam = sat.json()
	}
	return wire
}

// present returns an empty list for nil, so that JSON has [] and not null.
func present[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func mapped[A, B any](list []A, to func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = to(v)
	}
	return out
}
