package telegram

import (
	"testing"
	"testing/synctest"
	"time"

	"reportbot/bot"
	"reportbot/store"
)

// pictures are messages of an album by their updates' ids, with what stands under
// them.
func pictures(album string, words ...string) []albumMessage {
	var all []albumMessage
	for i, under := range words {
		all = append(all, albumMessage{update: store.Update{ID: int64(i + 1)}, question: question{
			place: place{chat: 7}, album: album, in: bot.Incoming{Text: under},
		}})
	}
	return all
}

func TestAlbumGetsOneAnswer(t *testing.T) {
	for _, test := range []struct {
		name  string
		words []string // under its pictures, in the order in which they come
		want  int64    // the update that is answered
	}{
		{"words under the first", []string{"why", "", ""}, 1},
		{"words under the last", []string{"", "", "why"}, 3},
		{"words under all", []string{"why", "so", "late"}, 1},
		{"no words", []string{"", "", ""}, 1},
		{"a single picture", []string{""}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			var a albums
			var answered, ignored []int64
			note := func(answer *albumMessage, rest []albumMessage) {
				if answer != nil {
					answered = append(answered, answer.update.ID)
				}
				for _, m := range rest {
					ignored = append(ignored, m.update.ID)
				}
			}
			all := pictures("1", test.words...)
			for _, m := range all {
				answer, rest, _ := a.add(m)
				note(answer, rest)
			}
			note(a.end(all[0].question))
			note(a.end(all[0].question))
			if len(answered) != 1 || answered[0] != test.want || len(answered)+len(ignored) != len(all) {
				t.Errorf("answered are %v, ignored %v", answered, ignored)
			}
		})
	}
}

func TestLateCaptionIsAnswered(t *testing.T) {
	var a albums
	all := pictures("1", "", "why", "", "so")
	a.add(all[0])
	a.end(all[0].question)
	for i, want := range []bool{true, false, false} {
		if answer, _, first := a.add(all[i+1]); (answer != nil) != want || first {
			t.Errorf("picture %d is answered: %v", i+2, answer != nil)
		}
	}
}

func TestAlbumsAreSeparateAndExpire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var a albums
		one, other := pictures("1", "why"), pictures("2", "why")
		for _, m := range [][]albumMessage{one, other} {
			if answer, _, _ := a.add(m[0]); answer == nil {
				t.Error("another album's words are not answered")
			}
		}
		time.Sleep(albumTTL + time.Second)
		if answer, _, _ := a.add(one[0]); answer == nil || len(a.seen) != 1 {
			t.Errorf("%d albums are remembered", len(a.seen))
		}
	})
}

func TestEditsRecordReportsChanges(t *testing.T) {
	message := func(id int, words, document string) question {
		q := question{place: place{chat: 7}, message: id, in: bot.Incoming{Text: words}}
		if document != "" {
			q.file = &file{id: document}
		}
		return q
	}
	e := newEdits()
	for _, step := range []struct {
		name string
		q    question
		want bool
	}{
		{"a new message", message(1, "why", ""), true},
		{"the same", message(1, "why", ""), false},
		{"with white space", message(1, " why\n", ""), false},
		{"other words", message(1, "why so late", ""), true},
		{"the first words again", message(1, "why", ""), true},
		{"the same words in another message", message(2, "why", ""), true},
		{"another file", message(1, "why", "f"), true},
		{"the same file", message(1, "why", "f"), false},
		{"a place, of which nothing is known", message(3, "", ""), false},
		{"a place that moves", message(3, "", ""), false},
	} {
		if got := e.record(step.q); got != step.want {
			t.Errorf("%s: changed is %v", step.name, got)
		}
	}
	for id := range maxEdits + 10 {
		e.record(message(id, "x", ""))
	}
	if len(e.text) > maxEdits {
		t.Errorf("%d messages are remembered", len(e.text))
	}
}
