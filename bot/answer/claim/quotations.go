package claim

import (
	"fmt"
	"strings"

	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// omission matches an ellipsis in a quotation.
var omission = lazyregexp.New(`\s*(?:\[?\s*(?:\.\.\.|…)\s*\]?)\s*`)

// checkQuotations checks that a quotation in the report's language has the evidence's words.
// One in another language is a translation, and isn't checked.
func checkQuotations(claim *sentence, e *evidence) (Outcome, string) {
	if claim.Language != e.report {
		return Kept, ""
	}
	for _, quoted := range claim.Quotes {
		for _, part := range omission.Split(quoted, -1) {
			if words := text.Words(part); len(words) > 0 && !e.has(words) {
				return Contradicted, fmt.Sprintf("no cited sentence has the words %q", strings.TrimSpace(part))
			}
		}
	}
	return Kept, ""
}
