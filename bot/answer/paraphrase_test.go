package answer

import (
	"context"
	"os"
	"strings"
	"testing"
	"unicode"

	"reportbot/prompts"
	"reportbot/retrieval"
	"reportbot/store/report"
	"reportbot/store/text"
)

// sentencePair is a sentence of the embedded report and the one of the original
// that it says in other words; next is the pair behind it in the paragraph.
type sentencePair struct {
	digest, original source
	next             *sentencePair
}

// sentencePairs returns the sentences of the two reports that answer to each
// other: those of paragraphs with as many sentences, where their footnotes are
// the same.
func sentencePairs(t *testing.T) []*sentencePair {
	t.Helper()
	if _, err := os.Stat(original); err != nil {
		t.Skip("the original report isn't here")
	}
	var paragraphs [2][]report.Paragraph
	for i, location := range []string{report.Embedded, original} {
		opened, err := report.Open(context.Background(), location)
		if err != nil {
			t.Fatal(err)
		}
		paragraphs[i] = opened.Report.Paragraphs
	}
	var pairs []*sentencePair
	for i, digest := range paragraphs[0] {
		if i >= len(paragraphs[1]) || len(digest.Sentences) != len(paragraphs[1][i].Sentences) {
			continue
		}
		var last *sentencePair
		for j, sentence := range digest.Sentences {
			same := paragraphs[1][i].Sentences[j]
			if !sameNumbers(sentence.Footnotes, same.Footnotes) {
				last = nil
				continue
			}
			pair := &sentencePair{
				digest:   source{Sentence: sentence, Paragraph: digest.N, Heading: digest.Entry, Year: digest.Year},
				original: source{Sentence: same, Paragraph: digest.N, Heading: paragraphs[1][i].Entry, Year: paragraphs[1][i].Year},
			}
			if last != nil {
				last.next = pair
			}
			pairs, last = append(pairs, pair), pair
		}
	}
	return pairs
}

// over checks a claim that cites all of the sources.
func over(concepts *retrieval.Concepts, claim string, sources ...source) *Rejected {
	checker := newChecker(text.Vietnamese, sources, concepts)
	cites := []int{1, 2}[:len(sources)]
	_, rejected := checker.check(prompts.Claim{Text: claim, Cites: cites})
	return rejected
}

// The embedded report says each sentence of the original in other words: what
// either says is borne out by the other. Of these long sentences some share few
// words, and some leave to the one before who is meant.
func TestTheDigestAndTheOriginalBearEachOtherOut(t *testing.T) {
	const mostRefused = 32
	concepts, refused, n := retrieval.New(nil).Concepts(), 0, 0
	for _, pair := range sentencePairs(t) {
		for _, claim := range [][2]source{{pair.digest, pair.original}, {pair.original, pair.digest}} {
			n++
			if rejected := over(concepts, claim[0].Text, claim[1]); rejected != nil {
				refused++
				t.Logf("refused (%s, %s): %s", rejected.Why, rejected.Detail, claim[0].Text)
			}
		}
	}
	t.Logf("refused %d of %d", refused, n)
	if n < 400 || refused > mostRefused {
		t.Errorf("refused %d of %d, at most %d", refused, n, mostRefused)
	}
}

// Two sentences that are each borne out are so together.
func TestClaimsOfTwoSentencesAreBorneOutByBoth(t *testing.T) {
	concepts, n := retrieval.New(nil).Concepts(), 0
	for _, pair := range sentencePairs(t) {
		if pair.next == nil || over(concepts, pair.digest.Text, pair.original) != nil || over(concepts, pair.next.digest.Text, pair.next.original) != nil {
			continue
		}
		n++
		claim := strings.TrimRight(pair.digest.Text, ".") + ", và " + inSentence(concepts, pair.next.digest.Text)
		if rejected := over(concepts, claim, pair.original, pair.next.original); rejected != nil {
			t.Errorf("refused (%s, %s): %s", rejected.Why, rejected.Detail, claim)
		}
	}
	if n < 100 {
		t.Errorf("%d claims", n)
	}
}

// inSentence returns a sentence without the capital that only begins it.
func inSentence(concepts *retrieval.Concepts, s string) string {
	words := text.Words(s)
	for _, name := range concepts.FindAll(words) {
		if name.Concept.Name && name.From == 0 {
			return s
		}
	}
	if !namedAt(s, words, 0, text.Vietnamese) {
		for i, r := range s {
			return s[:i] + string(unicode.ToLower(r)) + s[i+len(string(r)):]
		}
	}
	return s
}
