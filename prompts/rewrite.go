package prompts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"
)

// longestRewrite is how long a rewritten question may be, in characters.
const longestRewrite = 300

// Rewrite returns the messages that ask for a question in the report's language
// that stands alone, to be searched for.
func Rewrite(question Question) ([]openai.ChatCompletionMessage, error) {
	return messages("rewrite", question.Language, question.inert())
}

var (
	label = regexp.MustCompile(`^(?i:q|question|câu hỏi(?: viết lại)?)\s*:\s*`)
	// noQuestion is what stands in answers and not in questions.
	noQuestion = regexp.MustCompile(`\[S?\d|[<>]|https?://|` + NotInReport)
)

// ReadRewrite returns the rewritten question of a reply, or false for a reply
// that is of no use: empty, too long, of several lines, or an answer.
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
