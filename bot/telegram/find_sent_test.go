package telegram

import (
	"slices"
	"testing"
)

func TestUnknownIDs(t *testing.T) {
	from := func(first, last int) (ids []int) {
		for id := first; id <= last; id++ {
			ids = append(ids, id)
		}
		return ids
	}
	for _, test := range []struct {
		name  string
		known []int
		want  []int
	}{
		{"nothing is known", nil, from(6, 21)},
		{"a few", []int{3, 6, 7, 9}, append([]int{8}, from(10, 25)...)},
		{"the last of many", []int{1000}, append(from(968, 999), from(1001, 1016)...)},
	} {
		t.Run(test.name, func(t *testing.T) {
			known := map[int]bool{}
			for _, id := range test.known {
				known[id] = true
			}
			if got := unknownIDs(known, 5); !slices.Equal(got, test.want) {
				t.Errorf("got %v\nwant %v", got, test.want)
			}
		})
	}
}

func TestMessageOf(t *testing.T) {
	for body, want := range map[string][2]int64{
		`{"update_id": 1, "message": {"message_id": 7, "chat": {"id": 5, "type": "private"}}}`: {5, 7},
		`{"update_id": 1, "edited_message": {"message_id": 8, "chat": {"id": -5}}}`:            {-5, 8},
		`{"update_id": 1, "inline_query": {"id": "1"}}`:                                        {0, 0},
		`nonsense`: {0, 0},
	} {
		if chat, id := messageOf([]byte(body)); chat != want[0] || int64(id) != want[1] {
			t.Errorf("%s: message %d of chat %d, want %v", body, id, chat, want)
		}
	}
}

func TestNumberedTogether(t *testing.T) {
	const ana, ben, group, club, team = 7, 8, -100, -1_001_234_567_890, -1_009_876_543_210
	for _, test := range []struct {
		a, b int64
		want bool
	}{{ana, ben, true}, {ana, group, true}, {ana, club, false}, {club, team, false}, {club, club, true}} {
		if got := numberedTogether(test.a, test.b); got != test.want {
			t.Errorf("%d and %d: %v", test.a, test.b, got)
		}
	}
}
