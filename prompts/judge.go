package prompts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// JudgedClaim is a claim that the judge decides on.
type JudgedClaim struct {
	Text     string
	Evidence []Source // the cited sentences and their neighbours; without numbers
}

// Judge returns the messages that ask, for each claim of an answer, whether its
// evidence supports it. The prompt is Vietnamese for an answer in vi, else English.
func Judge(question, language string, claims []JudgedClaim) (Messages, error) {
	data := struct {
		Question    string
		Claims      []JudgedClaim
		First, Last string
	}{Question: inert(question), First: claimNumber(0), Last: claimNumber(len(claims) - 1)}
	for _, c := range claims {
		data.Claims = append(data.Claims, JudgedClaim{inert(c.Text), inertSources(c.Evidence)})
	}
	return messages("judge", language, data)
}

// claimNumber is the name of the claim at index i in the prompt and the reply.
func claimNumber(i int) string { return fmt.Sprintf("C%d", i+1) }

var (
	// judged matches the name of a claim.
	judged = regexp.MustCompile(`(?i)\bC\s?(\d{1,4})\b`)
	// verdict matches the first word after it, in a line, a table's row, JSON or bold
	// type, and what follows up to the next.
	verdict = regexp.MustCompile(`(?is)^[^\p{L}\n]*(?:(?:verdict|answer|result|supported)[^\p{L}\n]+)?(\p{L}*)(.*)`)
	// doubts matches words after a yes that take it back.
	doubts = regexp.MustCompile(`(?i)\b(?:no|not|but|except|however|partly|partially|although|unless|unclear|wrong|incorrect|false|inaccurate|wait|actually|missing|lacks?|contradict\w*|only if)\b|nhưng|không|một phần|tuy nhiên|\bsai\b|thiếu|chưa|chờ đã`)
)

// ReadVerdicts returns which of n claims a judge's reply confirms. An unclear,
// contradictory or missing verdict is no.
func ReadVerdicts(reply string, n int) []bool {
	yes, no := make([]bool, n), make([]bool, n)
	reply = visible(reply)
	places := judged.FindAllStringSubmatchIndex(reply, -1)
	for k, at := range places {
		end := len(reply)
		if k+1 < len(places) {
			end = places[k+1][0]
		}
		i, err := strconv.Atoi(reply[at[2]:at[3]])
		if err != nil || i < 1 || i > n {
			continue
		}
		said := verdict.FindStringSubmatch(reply[at[1]:end])
		if said != nil && strings.EqualFold(said[1], "yes") && !doubts.MatchString(said[2]) {
			yes[i-1] = true
		} else {
			no[i-1] = true
		}
	}
	for i := range yes {
		yes[i] = yes[i] && !no[i]
	}
	return yes
}
