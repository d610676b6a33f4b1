package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"reportbot/bot/intent"
	"reportbot/retrieval"
	"reportbot/store"
	"reportbot/store/text"
)

const (
	// maxOffers is the most results for a query.
	maxOffers = 8
	// maxDescribed is the most characters of a passage shown in the list.
	maxDescribed = 160
)

// Query is what a person types after the bot's name in any chat. The bot doesn't learn
// which chat.
type Query struct {
	Sender Sender
	Client string
	Text   string
}

// InlineResults are the results for a query, and a button above them that opens the
// private chat with a payload; without a text there is no button.
type InlineResults struct {
	Results []Result
	Button  string
	Payload string
}

// Result is a message that the person can send in their own name.
type Result struct {
	ID          string // 1 to 64 bytes, the same for the same passage
	Title       string
	Description string
	Message     Message
}

// Inline passes the best passages for a query to show; for an empty query, the report's
// sections. It doesn't use the model. With a list of allowed chats, only people whose
// private chat is allowed get results.
func (b *Bot) Inline(ctx context.Context, q Query, show func(InlineResults)) error {
	private := strconv.FormatInt(q.Sender.ID, 10)
	if !b.chatAllowed(private, true, q.Sender) {
		show(InlineResults{})
		return nil
	}
	set, err := b.settingsOf(ctx, private)
	if err != nil {
		return err
	}
	lang := set.language(q.Client)
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	asked := text.Clean(q.Text)
	shared, known, err := b.offerShared(ctx, lang, private, asked)
	if err != nil {
		return err
	}
	if known {
		show(InlineResults{Results: []Result{shared}})
		return nil
	}
	if intent.SignsOnly(asked) {
		results, err := b.offerSections(ctx, lang, edition)
		if err != nil {
			return err
		}
		show(InlineResults{results, say(lang, "inline_start"), "inline"})
		return nil
	}
	results, err := b.offerPassages(ctx, lang, edition, asked)
	if err != nil {
		return err
	}
	id := questionID(asked)
	// Stored before it is shown: the button may be pressed at once.
	if err := b.memory.SavePendingQuestion(ctx, id, asked, store.Owner{Chat: private, Person: q.Sender.key()}); err != nil {
		return err
	}
	show(InlineResults{results, say(lang, "inline_ask"), questionLink + "_" + id})
	return nil
}

// questionID is the id of a pending question. Nobody can guess it without knowing the
// question.
func questionID(question string) string {
	sum := sha256.Sum256([]byte(question))
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

func (b *Bot) offerPassages(ctx context.Context, lang text.Language, edition *store.Edition, question string) ([]Result, error) {
	hits, err := b.finder.Search(ctx, edition, question, maxOffers)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, hit := range hits {
		best := slices.MaxFunc(hit.Sentences, func(x, y retrieval.Ranked) int { return cmp.Compare(x.Score, y.Score) })
		m, err := b.passageMessage(ctx, lang, edition, hit.Passage, best.Text)
		if err != nil {
			return nil, err
		}
		results = append(results, Result{
			ID: fmt.Sprintf("p%d-%d", edition.ID, hit.ID), Title: placeOf(lang, hit.Passage),
			Description: truncate(best.Text, maxDescribed), Message: m,
		})
	}
	return results, nil
}

func (b *Bot) offerSections(ctx context.Context, lang text.Language, edition *store.Edition) ([]Result, error) {
	sections, err := b.memory.Contents(ctx, edition.ID)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, section := range sections[:min(maxOffers, len(sections))] {
		p, err := b.memory.Paragraph(ctx, edition.ID, section.First)
		if err != nil {
			return nil, err
		}
		m, err := b.passageMessage(ctx, lang, edition, p, "")
		if err != nil {
			return nil, err
		}
		results = append(results, Result{
			ID: fmt.Sprintf("s%d-%d", edition.ID, section.First), Title: sectionTitle(lang, section),
			Description: truncate(p.Text(), maxDescribed), Message: m,
		})
	}
	return results, nil
}

// passageMessage is a passage to be posted in any chat: with its footnotes, their
// sources, and a button to read on in the private chat. One sentence is bold.
func (b *Bot) passageMessage(ctx context.Context, lang text.Language, edition *store.Edition, p store.Passage, matters string) (Message, error) {
	quotation, err := b.quotation(ctx, edition.ID, p.Sentences, []store.Cited{{Paragraph: p.Paragraph, Text: matters}})
	if err != nil {
		return Message{}, err
	}
	m := titled(placeOf(lang, p))
	m.Lines = append(m.Lines, quotation)
	footnotes, err := b.footnotes(ctx, edition.ID, p.Footnotes())
	if err != nil {
		return Message{}, err
	}
	m.Lines = append(m.Lines, sourceLines(footnotes, nil)...)
	m.Buttons = [][]Button{{{Text: say(lang, "read_on_button"), Link: b.deepLink(passageLink, edition.ID, p.Paragraph)}}}
	return m, nil
}

// offerShared returns the answer that a query names, if it was given to this person in
// private; else known is false.
func (b *Bot) offerShared(ctx context.Context, lang text.Language, private, query string) (r Result, known bool, err error) {
	number, ok := strings.CutPrefix(query, "#")
	numbers, valid := parseNumbers(number, 1)
	if !ok || !valid {
		return Result{}, false, nil
	}
	e, err := b.memory.Exchange(ctx, numbers[0])
	if errors.Is(err, store.ErrNotFound) || err == nil && e.Thread != private {
		return Result{}, false, nil
	}
	if err != nil {
		return Result{}, false, err
	}
	m, err := b.sharedMessage(ctx, e)
	return Result{ID: fmt.Sprintf("a%d", e.ID), Title: say(lang, "share_title"), Description: truncate(e.Answer, maxDescribed), Message: m}, true, err
}

// sharedMessage is a question and its answer in the form for posting.
func (b *Bot) sharedMessage(ctx context.Context, e store.Exchange) (Message, error) {
	m := titled(truncate(e.Question, maxDescribed))
	m.addText(e.Answer)
	footnotes, err := b.footnotes(ctx, e.Edition, e.Notes)
	if err != nil {
		return Message{}, err
	}
	m.sources(text.Language(e.Language), footnotes, func(n int) string { return b.deepLink(noteLink, n, e.Edition) })
	return m, nil
}
