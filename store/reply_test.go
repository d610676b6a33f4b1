package store

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"
)

// mustBeReply fails unless the reply was read without an error and is want.
func mustBeReply(t *testing.T, got Reply, err error, want Reply) {
	t.Helper()
	if len(got.Parts) == 0 {
		got.Parts = nil
	}
	if len(got.Messages) == 0 {
		got.Messages = nil
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the reply is %+v (%v), want %+v", got, err, want)
	}
}

func TestAReplyIsRememberedAsFarAsItHasCome(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	mustAccept(t, s, updates(1, 2), 1, 2)
	if _, err := s.Reply(ctx, 1); !errors.Is(err, ErrNotFound) {
		t.Errorf("a reply before any is begun: %v", err)
	}
	for _, r := range []Reply{
		{Update: 1, Chat: -5, Question: 9},
		{Update: 1, Chat: -5, Question: 9, Messages: []int{10}},
		{Update: 1, Chat: -5, Question: 9, Messages: []int{10, 12}, Parts: []byte("hai phần"), Shown: 1},
	} {
		settled(t, s.SaveReply(ctx, r))
		got, err := s.Reply(ctx, 1)
		mustBeReply(t, got, err, r)
		got, err = s.ReplyTo(ctx, -5, 9)
		mustBeReply(t, got, err, r)
	}
	settled(t, s.CompleteReply(ctx, Reply{Update: 1, Chat: -5, Question: 9, Messages: []int{10, 12}, Parts: []byte("hai phần"), Shown: 2}))
	mustWait(t, s, 2)
	got, err := s.ReplyTo(ctx, -5, 9)
	mustBeReply(t, got, err, Reply{Update: 1, Chat: -5, Question: 9, Messages: []int{10, 12}, Shown: 2})
}

func TestTheLastReplyToAQuestionCounts(t *testing.T) {
	s := openAt(t, Memory)
	clock := time.Unix(1_700_000_000, 0)
	s.now = func() time.Time { return clock }
	mustAccept(t, s, updates(8, 3), 8, 3)
	for i, update := range []int64{8, 3} {
		clock = clock.Add(time.Second)
		settled(t, s.SaveReply(context.Background(), Reply{Update: update, Chat: 7, Question: 1, Messages: []int{20 + i}}))
	}
	got, err := s.ReplyTo(context.Background(), 7, 1)
	mustBeReply(t, got, err, Reply{Update: 3, Chat: 7, Question: 1, Messages: []int{21}})
}

func TestAReplyIsForgottenWithItsUpdate(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	clock := time.Unix(1_700_000_000, 0)
	s.now = func() time.Time { return clock }
	mustAccept(t, s, updates(1), 1)
	settled(t, s.CompleteReply(ctx, Reply{Update: 1, Chat: 7, Question: 5, Messages: []int{6}}))
	clock = clock.Add(KeptUpdates + time.Second)
	// Telegram may begin its numbering anew: the same id is another update now.
	mustAccept(t, s, updates(1), 1)
	if _, err := s.ReplyTo(ctx, 7, 5); !errors.Is(err, ErrNotFound) {
		t.Errorf("the old reply is still there: %v", err)
	}
}

func TestAReplyToNothingThatWasTakenOverIsRefused(t *testing.T) {
	if err := openAt(t, Memory).SaveReply(context.Background(), Reply{Update: 1, Chat: 7}); err == nil {
		t.Error("it was stored")
	}
}

// A chat's replies are known however many others have got since: a message that may have
// been sent is not looked for under their ids.
func TestRecentRepliesHoldThoseOfTheChat(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	mustAccept(t, s, updates(1, 2, 3, 4, 5, 6), 1, 2, 3, 4, 5, 6)
	for id, chat := range []int64{7, 7, 7, 8, 9, 8} {
		settled(t, s.SaveReply(ctx, Reply{Update: int64(id + 1), Chat: chat, Question: 10 + id}))
	}
	replies, err := s.RecentReplies(ctx, 7, 2)
	var got []int64
	for _, r := range replies {
		got = append(got, r.Update)
	}
	slices.Sort(got)
	if want := []int64{2, 3, 5, 6}; err != nil || !slices.Equal(got, want) {
		t.Errorf("the replies to %v are known (%v), want %v", got, err, want)
	}
}
