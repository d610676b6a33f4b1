package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"reportbot/bot/answer"
	"reportbot/store"
	"reportbot/store/text"
)

// The first words of the data of the buttons under an answer; the id of the
// exchange follows.
const (
	passageData = "p" // :N, the paragraph of cited sentence N, from 0; without it of the first
	sourcesData = "s"
	moreData    = "m" // :OFFSET, further passages
	goodData    = "u"
	badData     = "d"
	whyData     = "w" // :REASON, of a 👎
	readData    = "g" // EDITION:PARAGRAPH:EXCHANGE, a paragraph to read on
)

// dataOf returns a button's data: its first word and its arguments, separated by
// colons.
func dataOf(name string, args ...any) string {
	for _, arg := range args {
		name += fmt.Sprintf(":%v", arg)
	}
	return name
}

// answerButtons returns the buttons under an answer. If it has no evidence under it,
// each reworded claim's paragraph has a button.
func answerButtons(lang text.Language, exchange int64, a *answer.Answer, noEvidence bool) [][]Button {
	var read, rate []Button
	byClaim := noEvidence && len(reworded(a)) > 0 && len(a.Claims) > 1
	if len(a.Claims) > 0 {
		if !byClaim {
			read = append(read, Button{Text: say(lang, "passage_button"), Data: dataOf(passageData, exchange)})
		}
		rate = []Button{{Text: "👍", Data: dataOf(goodData, exchange)}, {Text: "👎", Data: dataOf(badData, exchange)}}
	}
	if len(a.Footnotes) > 0 {
		read = append(read, Button{Text: say(lang, "sources_button"), Data: dataOf(sourcesData, exchange)})
	}
	if len(a.Found) > 0 {
		read = append(read, Button{Text: say(lang, "more_button"), Data: dataOf(moreData, exchange, 0)})
	}
	var rows [][]Button
	if byClaim {
		rows = claimButtons(exchange, a)
	}
	for _, row := range [][]Button{read, rate} {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// numbersIn reads a button's arguments, which are untrusted: exactly n numbers
// separated by colons.
func numbersIn(args string, n int) ([]int64, bool) {
	parts := strings.Split(args, ":")
	if len(parts) != n {
		return nil, false
	}
	numbers := make([]int64, n)
	for i, part := range parts {
		var err error
		if numbers[i], err = strconv.ParseInt(part, 10, 64); err != nil || numbers[i] < 0 {
			return nil, false
		}
	}
	return numbers, true
}

// pressed returns the exchange of a button under an answer, and the arguments after its
// id. If the exchange is from another thread or no longer stored, it tells the person,
// and known is false.
func (b *Bot) pressed(ctx context.Context, p Callback, args string, out CallbackResponder) (e store.Exchange, rest string, known bool, err error) {
	id, rest, _ := strings.Cut(args, ":")
	ids, ok := numbersIn(id, 1)
	if ok {
		e, err = b.memory.Exchange(ctx, ids[0])
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return e, rest, false, err
	}
	if !ok || err != nil || !p.in(e.Thread) {
		out.Toast(ctx, say(p.language(), "forgotten"))
		return e, rest, false, nil
	}
	return e, rest, true, nil
}
