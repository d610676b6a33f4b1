package console

import (
	"reportbot/bot"
	"reportbot/bot/verify"
)

// verifyJSON is what `verify --json` prints.
type verifyJSON struct {
	Text       string          `json:"text"`
	Lang       string          `json:"lang"`
	Mode       string          `json:"mode"` // model, if it decided on a statement
	Notice     string          `json:"notice"`
	Statements []statementJSON `json:"statements"`
	LeftOut    int             `json:"left_out"`  // sentences that state nothing
	Unchecked  int             `json:"unchecked"` // sentences behind those that a message has checked
	Footnotes  []footnoteJSON  `json:"footnotes"`
	Usage      usageJSON       `json:"usage"`
	TookMS     tookJSON        `json:"took_ms"`
}

// statementJSON is a sentence with its verdict.
type statementJSON struct {
	Text      string `json:"text"`
	Verdict   string `json:"verdict"` // says, contradicts, silent
	By        string `json:"by"`      // model or rules
	Why       string `json:"why"`
	Source    string `json:"source"` // the report's sentence; for silent the nearest, or empty
	Footnotes []int  `json:"footnotes"`
	Paragraph int    `json:"paragraph"` // of the source; 0 without one
}

// Verified returns the JSON form of a checked message.
func Verified(r *verify.Result) verifyJSON {
	wire := verifyJSON{
		Text: r.Question, Lang: string(r.Language), Mode: string(r.Mode), Notice: bot.VerifyNotice(r),
		Statements: []statementJSON{}, LeftOut: r.LeftOut, Unchecked: r.Unchecked,
	}
	for _, s := range r.Statements {
		statement := statementJSON{Text: s.Text, Verdict: string(s.Verdict), By: "rules", Why: s.Detail, Source: s.Source.Text, Footnotes: present(s.Source.Footnotes)}
		if s.ByModel {
			statement.By = "model"
		}
		if len(s.Source.Paragraphs) > 0 {
			statement.Paragraph = s.Source.Paragraphs[0]
		}
		wire.Statements = append(wire.Statements, statement)
	}
	a := Answer(&r.Answer)
	wire.Footnotes, wire.Usage, wire.TookMS = a.Footnotes, a.Usage, a.TookMS
	return wire
}
