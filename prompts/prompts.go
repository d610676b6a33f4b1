// Package prompts fills in the prompt templates, which are text files in this
// folder, and parses the model's replies.
//
// It imports no other package of this program.
package prompts

import (
	"cmp"
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"github.com/sashabaranov/go-openai"
)

//go:embed *.tmpl
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"number": claimNumber}).ParseFS(files, "*.tmpl"))
})

// Sentence is a source sentence with the number that the model cites.
type Sentence struct {
	ID   int // from 1, unique in a prompt
	Text string
}

// Source is consecutive sentences of the report.
type Source struct {
	Heading   string // section and date; empty for none
	Sentences []Sentence
}

// Messages are what one call sends.
type Messages = []openai.ChatCompletionMessage

// Exchange is an earlier question of a chat and its answer.
type Exchange struct{ Question, Answer string }

// Question is a question with its context, all of it from a chat.
type Question struct {
	Text     string
	Language string // of the answer, ISO 639-1
	Report   string // the language of the report; empty: Vietnamese
	Lines    int    // the most lines of the answer
	Alone    string // the question in words that make sense alone; empty if it does
	Earlier  []Exchange
	Quoted   string // the message that the question replies to; empty for none
}

// The most characters shown of an earlier answer and of a quoted message.
const (
	earlierCharacters = 400
	quotedCharacters  = 1000
)

// languageNames are the names of languages in English and Vietnamese prompts.
var (
	languageNames           = map[string]string{"vi": "Vietnamese", "en": "English", "ru": "Russian", "ko": "Korean"}
	vietnameseLanguageNames = map[string]string{"vi": "tiếng Việt", "en": "tiếng Anh", "ru": "tiếng Nga", "ko": "tiếng Hàn"}
)

// ReportName is the prompt's name for the report's language.
func (q Question) ReportName() string {
	report := cmp.Or(q.Report, "vi")
	if q.Language == "vi" {
		return cmp.Or(vietnameseLanguageNames[report], report)
	}
	return cmp.Or(languageNames[report], report)
}

// Answer returns the messages that ask a question over sources. The prompt is
// Vietnamese for an answer in vi, else English.
func Answer(question Question, sources []Source) (Messages, error) {
	return over("answer", question, sources)
}

// Summary returns the messages that ask for a summary of sources, or of what
// they say of the topic that is the question's text.
func Summary(question Question, sources []Source) (Messages, error) {
	return over("summary", question, sources)
}

// over fills in the templates of a call with sources.
func over(call string, question Question, sources []Source) (Messages, error) {
	data := struct {
		Question
		LanguageName string
		Sources      []Source
	}{question.inert(), languageNames[question.Language], inertSources(sources)}
	if data.LanguageName == "" {
		data.LanguageName = "the language of the question"
	}
	return messages(call, question.Language, data)
}

// messages fills in the templates of a call: the Vietnamese ones for an answer in
// Vietnamese, else the English ones.
func messages(call, language string, data any) (Messages, error) {
	file := "en"
	if language == "vi" {
		file = "vi"
	}
	var messages Messages
	for _, part := range []struct{ role, name string }{
		{openai.ChatMessageRoleSystem, call + ".system."}, {openai.ChatMessageRoleUser, call + ".user."},
	} {
		var b strings.Builder
		if err := templates().ExecuteTemplate(&b, part.name+file, data); err != nil {
			return nil, fmt.Errorf("prompt %s%s: %w", part.name, file, err)
		}
		messages = append(messages, openai.ChatCompletionMessage{Role: part.role, Content: b.String()})
	}
	return messages, nil
}

// inert returns the question with all texts safe for the prompt.
func (q Question) inert() Question {
	q.Text, q.Alone, q.Quoted = inert(q.Text), inert(q.Alone), truncate(inert(q.Quoted), quotedCharacters)
	earlier := q.Earlier
	q.Earlier = nil
	for _, e := range earlier {
		q.Earlier = append(q.Earlier, Exchange{inert(e.Question), truncate(inert(e.Answer), earlierCharacters)})
	}
	return q
}

func inertSources(sources []Source) []Source {
	inerts := make([]Source, len(sources))
	for i, source := range sources {
		inerts[i].Heading = inert(source.Heading)
		for _, s := range source.Sentences {
			inerts[i].Sentences = append(inerts[i].Sentences, Sentence{s.ID, inert(s.Text)})
		}
	}
	return inerts
}

// truncate returns at most most characters of s.
func truncate(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

var (
	fence    = regexp.MustCompile(`(?i)</?\s*(?:sources|question|conversation|quoted|claims)\s*>`)
	sourceID = regexp.MustCompile(`\[([SC]\d)`)
)

// inert makes a text of a chat or the report safe to use as data in the prompt: on
// one line, and without citations and the tags of the fence.
func inert(s string) string {
	s = fence.ReplaceAllString(oneLine(s), " ")
	return oneLine(sourceID.ReplaceAllString(s, "($1"))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
