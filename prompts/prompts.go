// Package prompts holds what the model is sent and how its reply is read: the
// prompt templates, which are text files in this folder, and the grammar of an
// answer.
//
// It knows the OpenAI message types and nothing else of this program.
package prompts

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/sashabaranov/go-openai"
)

//go:embed *.tmpl
var files embed.FS

var templates = template.Must(template.ParseFS(files, "*.tmpl"))

// Sentence is a source sentence under the number that the model cites it by.
type Sentence struct {
	ID   int // from 1, numbered through all sources of one prompt
	Text string
}

// Source is sentences that stand together in the report.
type Source struct {
	Heading   string // section and date; empty for none
	Sentences []Sentence
}

// languageNames are what the English prompt calls the language of the answer.
var languageNames = map[string]string{"vi": "Vietnamese", "en": "English", "ru": "Russian", "ko": "Korean"}

// Answer returns the messages that ask a question over sources. language is
// that of the question (ISO 639-1); the prompt is Vietnamese for vi, else
// English.
func Answer(question, language string, sources []Source) ([]openai.ChatCompletionMessage, error) {
	data := struct {
		Question, LanguageName string
		Sources                []Source
	}{Question: inert(question), LanguageName: languageNames[language]}
	if data.LanguageName == "" {
		data.LanguageName = "the language of the question"
	}
	for _, source := range sources {
		clean := Source{Heading: inert(source.Heading)}
		for _, s := range source.Sentences {
			clean.Sentences = append(clean.Sentences, Sentence{s.ID, inert(s.Text)})
		}
		data.Sources = append(data.Sources, clean)
	}
	file := "en"
	if language == "vi" {
		file = "vi"
	}
	var messages []openai.ChatCompletionMessage
	for _, part := range []struct{ role, name string }{
		{openai.ChatMessageRoleSystem, "system."}, {openai.ChatMessageRoleUser, "user."},
	} {
		var b strings.Builder
		if err := templates.ExecuteTemplate(&b, part.name+file, data); err != nil {
			return nil, fmt.Errorf("prompt %s%s: %w", part.name, file, err)
		}
		messages = append(messages, openai.ChatCompletionMessage{Role: part.role, Content: b.String()})
	}
	return messages, nil
}

var (
	fence    = regexp.MustCompile(`(?i)</?\s*(?:sources|question)\s*>`)
	sourceID = regexp.MustCompile(`\[(S\d)`)
)

// inert makes a text of the question or the report safe to stand in the prompt
// as data: on one line, so that it can't begin a line of its own, without the
// fence's tags and without a citation of its own.
func inert(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	s = fence.ReplaceAllString(s, " ")
	return strings.TrimSpace(sourceID.ReplaceAllString(s, "($1"))
}
