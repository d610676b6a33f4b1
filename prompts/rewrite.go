package prompts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"
)

// longestRewrite is the most characters of a rewritten question.
const longestRewrite = 300

// Rewrite returns the messages that ask for the question in the report's language and
// in words that make sense alone, for search.
func Rewrite(question Question) ([]openai.ChatCompletionMessage, error) {
	return messages("rewrite", question.Language, question.inert())
}

var (
	label = regexp.MustCompile(`^(?i:q|question|câu hỏi(?: viết lại)?)\s*:\s*`)
	// noQuestion matches what occurs in answers and not in questions.
	noQuestion = regexp.MustCompile(`\[S?\d|[<>]|https?://|` + NotInReport)
)

// ReadRewrite returns the rewritten question, or false if the reply is useless: empty,
// too long, of several lines, or an answer.
func ReadRewrite(reply string) (string, bool) {
	question := ""
	for line := range strings.Lines(visible(reply)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "```"):
		case question != "":
			return "", false
		default:
			question = line
		}
	}
	question = strings.Trim(label.ReplaceAllString(question, ""), "\"'“”*` ")
	if question == "" || utf8.RuneCountInString(question) > longestRewrite || noQuestion.MatchString(question) {
		return "", false
	}
	return question, true
}
