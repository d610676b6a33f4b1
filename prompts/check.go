package prompts

import (
	"strings"

	"github.com/sashabaranov/go-openai"
)

// supported is what the model says of a claim that its sources bear out.
const supported = "SUPPORTED"

// Check returns the messages that ask whether sources say what a claim in that
// language says. The sources stand there without numbers.
func Check(claim, language string, sources []Source) ([]openai.ChatCompletionMessage, error) {
	return messages("check", language, struct {
		Claim   string
		Sources []Source
	}{inert(claim), inertSources(sources)})
}

// ReadVerdict reports whether a reply says that the claim is supported, and
// whether it says anything on that at all.
func ReadVerdict(reply string) (yes, clear bool) {
	said := strings.ToUpper(strings.Trim(visible(reply), " \n\r\t.!*`\"'"))
	return said == supported, said == supported || said == "UN"+supported
}
