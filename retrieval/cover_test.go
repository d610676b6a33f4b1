package retrieval

import (
	"context"
	"reflect"
	"testing"
)

// What each part finds is handed on, so that nobody searches for it again.
func TestPartsComeWithWhatTheyFind(t *testing.T) {
	s, edition := loaded(t, "Cầu Sông Mây",
		"Cầu Sông Mây dài 1.240 mét và có bốn làn xe.",
		"Kỹ sư Hoàng Minh chỉ huy công trường.",
		"Nhà thầu nói cầu sẽ mở vào mùa hè.")
	ctx := context.Background()
	hits, parts, err := s.SearchParts(ctx, edition, "Cầu dài bao nhiêu, và ai chỉ huy công trường?", 2)
	if err != nil || len(hits) != 2 || len(parts) != 2 {
		t.Fatalf("%d hits, %d parts: %v", len(hits), len(parts), err)
	}
	for _, part := range parts {
		alone, err := s.Search(ctx, edition, part.Question, 2)
		if err != nil || !reflect.DeepEqual(part.Hits, alone) {
			t.Errorf("%s: %v, alone %v (%v)", part.Question, part.Hits, alone, err)
		}
	}
	if _, parts, _ := s.SearchParts(ctx, edition, "Cầu dài bao nhiêu?", 2); parts != nil {
		t.Errorf("one question has parts: %v", parts)
	}
}
