// Package correction finds stored answers that another edition of the report
// contradicts: those that cite a sentence which that edition has with another number,
// date, name, negation or meaning, or no longer has. Changes of layout or wording don't
// count.
package correction

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"reportbot/retrieval"
	"reportbot/store"
)

// Age is the greatest age of an answer that is corrected.
const Age = 30 * 24 * time.Hour

// Setting is the name of the chats' setting, and Off its value for no corrections. Any
// other value is on.
const (
	Setting = "corrections"
	Off     = "off"
)

// Finder finds answers to correct. Recheck is for one goroutine, Count for any.
type Finder struct {
	store    *store.Store
	concepts *retrieval.Concepts
	now      func() time.Time
	edition  int64 // with which the answers up to seen were compared; 0: unknown
	seen     int64
}

// New returns a Finder on a store.
func New(s *store.Store, concepts *retrieval.Concepts) *Finder {
	return &Finder{store: s, concepts: concepts, now: time.Now}
}

// Recheck compares stored answers with the live edition, and stores the corrections:
// all answers after another edition has gone live, else the new ones from another
// edition. It is cheap if there is nothing to do.
func (f *Finder) Recheck(ctx context.Context) error {
	live, err := f.store.Live(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if f.edition == 0 {
		if f.edition, f.seen, err = f.store.Compared(ctx); err != nil {
			return err
		}
	}
	last, err := f.store.LastExchange(ctx)
	if err != nil || live.ID == f.edition && last <= f.seen {
		return err
	}
	after := f.seen
	if live.ID != f.edition {
		after = 0
	}
	corrections, kept, err := f.find(ctx, live.ID, after, false)
	if err != nil {
		return err
	}
	if after == 0 || kept > 0 {
		saved, err := f.store.SaveCorrections(ctx, live.ID, after, last, f.now().Add(-Age), corrections)
		if err != nil || !saved {
			return err // another edition is live by now: the next call compares with that
		}
	}
	f.edition, f.seen = live.ID, last
	return nil
}

// Count is the numbers of answers that an edition would correct.
type Count struct {
	Otherwise int // it contradicts them
	Again     int // they were corrected, and it agrees with them again
}

// Count returns how many answers an edition would correct if it went live.
func (f *Finder) Count(ctx context.Context, edition int64) (Count, error) {
	corrections, _, err := f.find(ctx, edition, 0, true)
	if err != nil {
		return Count{}, err
	}
	shown, err := f.store.ShownCorrections(ctx, edition)
	if err != nil {
		return Count{}, err
	}
	var count Count
	for _, c := range corrections {
		if !slices.EqualFunc(shown[c.Exchange], c.Changes, sameChange) {
			count.Otherwise++
		}
		delete(shown, c.Exchange)
	}
	count.Again = len(shown)
	return count, nil
}

func sameChange(a, b store.Changed) bool {
	return a.Old == b.Old && a.New == b.New && a.Paragraph == b.Paragraph && slices.Equal(a.Notes, b.Notes)
}

// find returns the corrections of the answers after one by an edition, and how many
// answers from other editions there are. sentOnly leaves out the answers that are not sent
// yet: nobody may ever have them.
func (f *Finder) find(ctx context.Context, edition, after int64, sentOnly bool) (corrections []store.Correction, kept int, err error) {
	answers, err := f.store.KeptAnswers(ctx, edition, after, f.now().Add(-Age))
	if sentOnly {
		answers = slices.DeleteFunc(answers, func(a store.KeptAnswer) bool { return !a.Sent })
	}
	if err != nil || len(answers) == 0 {
		return nil, 0, err
	}
	off, err := f.store.ChatsWith(ctx, Setting, Off)
	if err != nil {
		return nil, 0, err
	}
	report, err := f.store.Report(ctx, edition)
	if err != nil {
		return nil, 0, err
	}
	now := sentencesOf(report)
	compared := map[int64]*editions{}
	for _, a := range answers {
		if chat, _, _ := strings.Cut(a.Thread, "/"); slices.Contains(off, chat) {
			continue
		}
		e := compared[a.Edition]
		if e == nil {
			before, err := f.sentences(ctx, a.Edition, answers)
			if err != nil {
				return nil, 0, err
			}
			e = compare(f.concepts, before, now)
			compared[a.Edition] = e
		}
		if changes := changesOf(e, a.Cited); len(changes) > 0 {
			corrections = append(corrections, store.Correction{Exchange: a.Exchange, Edition: edition, Changes: changes})
		}
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
	}
	return corrections, len(answers), nil
}

// changesOf returns the changes of cited sentences, each once.
func changesOf(e *editions, cited []store.Cited) []store.Changed {
	var changes []store.Changed
	for _, c := range cited {
		change, changed := e.of(c)
		if changed && !slices.ContainsFunc(changes, func(other store.Changed) bool { return sameChange(change, other) }) {
			changes = append(changes, change)
		}
	}
	return changes
}

// sentences returns the sentences of an edition; of a deleted one, those that its
// answers cite.
func (f *Finder) sentences(ctx context.Context, edition int64, answers []store.KeptAnswer) ([]sentence, error) {
	r, err := f.store.Report(ctx, edition)
	if err == nil {
		return sentencesOf(r), nil
	}
	if !errors.Is(err, store.ErrNotFound) {
		return nil, err
	}
	var cited []store.Cited
	for _, a := range answers {
		if a.Edition == edition {
			cited = append(cited, a.Cited...)
		}
	}
	slices.SortStableFunc(cited, func(a, b store.Cited) int { return a.Paragraph - b.Paragraph })
	var all []sentence
	for _, c := range slices.Compact(cited) {
		s := sentence{paragraph: c.Paragraph, key: keyOf(c.Text)}
		s.Text = c.Text
		all = append(all, s)
	}
	return all, nil
}
