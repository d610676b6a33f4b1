package store

import (
	"context"
	"slices"
	"testing"
)

func TestPassagesAreReadByTheirIDs(t *testing.T) {
	s, ctx := openAt(t, Memory), context.Background()
	load(t, s, numbered(t, 1))
	load(t, s, numbered(t, 2))
	first := one[int64](t, s, `SELECT min(id) FROM passage`)
	for _, test := range []struct {
		name string
		ids  []int64
		want int
	}{
		{"none", nil, 0},
		{"one that isn't there", []int64{999}, 0},
		{"some that are there and some that aren't", []int64{first + 3, 999, -1, first}, 2},
		{"one twice", []int64{first, first}, 1},
		{"of two editions", []int64{first, first + 12}, 2},
	} {
		got, err := s.Passages(ctx, test.ids)
		if err != nil || len(got) != test.want {
			t.Errorf("%s: %d passages (%v), want %d", test.name, len(got), err, test.want)
		}
		for _, p := range got {
			if !slices.Contains(test.ids, p.ID) || len(p.Sentences) != 2 {
				t.Errorf("%s: got %+v", test.name, p)
			}
		}
	}
}
