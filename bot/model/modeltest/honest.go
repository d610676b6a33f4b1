package modeltest

import (
	"fmt"
	"slices"
	"strings"
)

// NotInReport is an honest model's reply if the sources contain no answer.
const NotInReport = "NOT_IN_REPORT"

// Always is a handler that gives the same reply every time.
func Always(reply Reply) func(Request) Reply {
	return func(Request) Reply { return reply }
}

// Echo is an honest model for [Server.Handle]: it answers with the first k
// sources of the prompt (all, if there are fewer) as claims, one a line:
// "sentence [S<n>]". To a request without sources its reply is empty.
func Echo(k int) func(Request) Reply {
	return func(req Request) Reply {
		sources := req.Sources()
		return Text(Claims(sources[:min(k, len(sources))]...))
	}
}

// QuoteMatching is an honest model for [Server.Handle]: its claims are the sources that
// contain the string. If none does, it replies NOT_IN_REPORT. To a request without
// sources its reply is empty.
func QuoteMatching(substr string) func(Request) Reply {
	return func(req Request) Reply {
		if !req.IsAnswer() {
			return Text("")
		}
		matching := slices.DeleteFunc(req.Sources(), func(s Source) bool {
			return !strings.Contains(s.Text, substr)
		})
		if len(matching) == 0 {
			return Text(NotInReport)
		}
		return Text(Claims(matching...))
	}
}

// Claims is the text of an answer that states each source and cites it.
func Claims(sources ...Source) string {
	lines := make([]string, len(sources))
	for i, s := range sources {
		lines[i] = fmt.Sprintf("%s [S%d]", s.Text, s.N)
	}
	return strings.Join(lines, "\n")
}

// JudgeWith is a judge for [Server.When] with [IsJudge]: it replies yes to the claims
// for which says returns true.
func JudgeWith(says func(JudgedClaim) bool) func(Request) Reply {
	return func(req Request) Reply {
		var lines []string
		for _, claim := range req.Judged() {
			verdict := "no"
			if says(claim) {
				verdict = "yes"
			}
			lines = append(lines, fmt.Sprintf("C%d: %s", claim.ID, verdict))
		}
		return Text(strings.Join(lines, "\n"))
	}
}

// JudgeYes is a judge that replies yes to every claim.
func JudgeYes(JudgedClaim) bool { return true }
