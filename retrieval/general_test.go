package retrieval

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"reportbot/store/text"
)

// sealed reports whether an article is kept for the last measurement: its
// questions take no part in anything that is counted or learned.
func sealed(title string) bool {
	h := fnv.New32a()
	h.Write([]byte(title))
	return h.Sum32()%2 == 1
}

// TestGeneralFrequencies counts anew how common words are. Numbers are left
// out; a word must be in two texts, a pair in three.
func TestGeneralFrequencies(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the development data isn't here")
	}
	var vi, en []string
	each(t, shared+"/external/mlqa-vi-dev.jsonl", func(line []byte) error {
		var article struct {
			Title      string
			Paragraphs []string
			Questions  []struct{ Q string }
		}
		err := json.Unmarshal(line, &article)
		if sealed(article.Title) {
			return err
		}
		vi = append(vi, article.Paragraphs...)
		for _, q := range article.Questions {
			vi = append(vi, q.Q)
		}
		return err
	})
	each(t, shared+"/xquad/vi-dev.jsonl", func(line []byte) error {
		var p struct {
			Paragraph string
			Questions []struct{ Vi, En string }
		}
		err := json.Unmarshal(line, &p)
		vi = append(vi, p.Paragraph)
		for _, q := range p.Questions {
			vi, en = append(vi, q.Vi), append(en, q.En)
		}
		return err
	})
	each(t, shared+"/xquad/en-dev.jsonl", func(line []byte) error {
		var p struct{ Paragraph string }
		err := json.Unmarshal(line, &p)
		en = append(en, p.Paragraph)
		return err
	})
	for file, counted := range map[string]string{
		"general.vi.txt": countGeneral(vi, "Vietnamese: the paragraphs and questions of half of MLQA's development part (facebookresearch/MLQA, CC BY-SA 3.0)\n# and of half of XQuAD (google-deepmind/xquad, CC BY-SA 4.0)"),
		"general.en.txt": countGeneral(en, "English: the paragraphs and questions of half of XQuAD (google-deepmind/xquad, CC BY-SA 4.0)"),
	} {
		if flag.Lookup("update").Value.String() == "true" {
			if err := os.WriteFile(file, []byte(counted), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if kept, err := os.ReadFile(file); err != nil || string(kept) != counted {
			t.Errorf("%s isn't what is counted today; -update writes it (%v)", file, err)
		}
	}
}

func each(t *testing.T, file string, read func(line []byte) error) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		if err := read(lines.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
}

func countGeneral(texts []string, from string) string {
	counts := map[string]int{}
	for _, s := range texts {
		has := map[string]bool{}
		words := text.Words(s)
		for _, w := range words {
			if !w.Number {
				has[w.Exact] = true
			}
		}
		for _, pair := range text.Pairs(s, words) {
			if strings.Trim(pair, "0123456789_") == pair {
				has[pair] = true
			}
		}
		for token := range has {
			counts[token]++
		}
	}
	byCount := map[int][]string{}
	for token, n := range counts {
		if n >= 3 || n == 2 && !strings.Contains(token, "_") {
			byCount[n] = append(byCount[n], token)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# In how many texts a word is: as written, and pairs of folded neighbours.\n# Counted in %s.\ntexts %d\n", from, len(texts))
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(byCount))) {
		slices.Sort(byCount[n])
		fmt.Fprintf(&b, "%d %s\n", n, strings.Join(byCount[n], " "))
	}
	return b.String()
}
