package store

import (
	"context"
	"math"
	"path/filepath"
	"reflect"
	"testing"
)

// vectorsOf returns the stored vectors of an edition by passage.
func vectorsOf(t *testing.T, s *Store, edition int64, model string) map[int64][]float32 {
	t.Helper()
	vectors, err := s.Vectors(context.Background(), edition, model)
	if err != nil {
		t.Fatal(err)
	}
	values := map[int64][]float32{}
	for _, v := range vectors {
		values[v.Passage] = v.Values
	}
	return values
}

func TestVectorsAreKeptByPassageAndModel(t *testing.T) {
	s := openAt(t, Memory)
	ctx := context.Background()
	load(t, s, numbered(t, 1))
	load(t, s, numbered(t, 2))
	first, second := passageIDs(t, s, 1), passageIDs(t, s, 2)
	odd := []float32{0, -1.5, math.MaxFloat32, math.SmallestNonzeroFloat32, float32(math.Inf(1))}
	for _, save := range []struct {
		model   string
		vectors []Vector
	}{
		{"small", []Vector{{first[0], []float32{1, 2}}, {first[1], odd}, {second[0], []float32{5}}}},
		{"large", []Vector{{first[0], []float32{3, 4}}}},
		{"small", []Vector{{first[0], []float32{7, 8}}}}, // made again
		{"small", nil},
	} {
		if err := s.SaveVectors(ctx, save.model, save.vectors); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		edition int64
		model   string
		want    map[int64][]float32
	}{
		{1, "small", map[int64][]float32{first[0]: {7, 8}, first[1]: odd}},
		{1, "large", map[int64][]float32{first[0]: {3, 4}}},
		{2, "small", map[int64][]float32{second[0]: {5}}},
		{2, "large", map[int64][]float32{}},
		{1, "unknown", map[int64][]float32{}},
	} {
		if got := vectorsOf(t, s, test.edition, test.model); !reflect.DeepEqual(got, test.want) {
			t.Errorf("edition %d by %s: %v, want %v", test.edition, test.model, got, test.want)
		}
	}
}

func TestVectorsAreKeptAllOrNone(t *testing.T) {
	s := openAt(t, Memory)
	load(t, s, numbered(t, 1))
	first := passageIDs(t, s, 1)[0]
	err := s.SaveVectors(context.Background(), "small", []Vector{{first, []float32{1}}, {999, []float32{2}}})
	if err == nil {
		t.Error("a vector of a passage that isn't there was stored")
	}
	if got := vectorsOf(t, s, 1, "small"); len(got) != 0 {
		t.Errorf("half was stored: %v", got)
	}
}

func TestAReaderKeepsNoVectors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports.db")
	writer := openAt(t, path)
	load(t, writer, numbered(t, 1))
	reader, err := OpenReadOnly(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	first := passageIDs(t, reader, 1)[0]
	if err := reader.SaveVectors(context.Background(), "small", []Vector{{first, []float32{1}}}); err != nil {
		t.Error(err)
	}
	if got := vectorsOf(t, writer, 1, "small"); len(got) != 0 {
		t.Errorf("a reader stored %v", got)
	}
}

func TestWhatIsEmbeddedIsWhatIsSearched(t *testing.T) {
	s, from := openAt(t, Memory), numbered(t, 1)
	load(t, s, from)
	load(t, s, numbered(t, 2))
	want := map[int64]string{}
	ids := passageIDs(t, s, 1)
	for i, p := range from.Report.Passages() {
		want[ids[i]] = Searched(p.Paragraph.Section, p.Paragraph.Entry, p.Text())
	}
	if got, err := s.Texts(context.Background(), 1); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v (%v)\nwant %v", got, err, want)
	}
}
