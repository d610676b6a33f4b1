package main

import (
	"context"
	"fmt"

	"reportbot/bot/console"
	"reportbot/bot/correction"
	"reportbot/retrieval"
	"reportbot/store"
)

// corrections counts the sent answers that an edition corrects. serve edits them, at
// once or after its next start.
func corrections(ctx context.Context, s *store.Store, edition int64) (correction.Count, error) {
	count, err := correction.New(s, retrieval.New(s).Concepts()).Count(ctx, edition)
	if err != nil {
		return count, fmt.Errorf("the answers that edition %d corrects can't be counted: %w", edition, err)
	}
	return count, nil
}

// printCorrections prints how many sent answers an edition corrects, if any.
func (env *environment) printCorrections(count correction.Count) error {
	if count.Otherwise > 0 {
		if _, err := fmt.Fprintf(env.out, "corrects %s already sent\n", console.Count(count.Otherwise, "answer")); err != nil {
			return err
		}
	}
	if count.Again > 0 {
		if _, err := fmt.Fprintf(env.out, "agrees again with %s corrected before\n", console.Count(count.Again, "answer")); err != nil {
			return err
		}
	}
	return nil
}
