package summary

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"reportbot/retrieval"
	"reportbot/store/text"
	"reportbot/store/text/lazyregexp"
)

// weight is the weight of a term in a sentence, or of a tie between sentences.
type weight struct {
	of    int // number of the term or the sentence
	value float64
}

const (
	// damping, rounds and settled are the usual parameters of LexRank.
	damping = .85
	rounds  = 60
	settled = 1e-6
	// opening is the bonus for the first sentence of a paragraph, which often sums
	// it up.
	opening = 3
	// leaningFactor is the factor for a sentence that depends on the one before it.
	leaningFactor = .5
	// shortest is the least number of words of a sentence that makes sense alone.
	shortest = 6
)

// leaning matches the beginning of a sentence that depends on the one before it.
var leaning = lazyregexp.New(`^(?:Tuy nhiên|Tuy vậy|Dù vậy|Dẫu vậy|Thế nhưng|Nhưng|Ngoài ra|Hơn nữa|Thêm vào đó|Bên cạnh đó|Do đó|Vì vậy|Vì thế|Thật vậy|Ngược lại|Trái lại|` +
	`Tương tự|Ví dụ|Chẳng hạn|Theo đó|Sau đó|Trước đó|Đồng thời|Điều này|Điều đó|Việc này|Những điều|Họ|` +
	`However|But|Moreover|Furthermore|In addition|Therefore|Thus|Instead|Indeed|Conversely|Similarly|For example|Then|This|That|These|Those|It|They|He|She)(?:[ ,]|$)`)

// score ranks sentences by LexRank: a sentence is important if it is like many other
// important ones. Cosine similarity favours short sentences; the root of a
// sentence's weight makes up for that.
func score(sentences []*sentence, concepts *retrieval.Concepts) {
	postings := index(sentences, concepts)
	ties := make([][]weight, len(sentences))
	for i, s := range sentences {
		ties[i] = tiesOf(i, s.vector, postings)
	}
	for i, rank := range walk(ties) {
		s := sentences[i]
		s.score = s.near * rank * math.Sqrt(float64(len(s.vector)))
		if s.opens {
			s.score *= opening
		}
		if leaning.MatchString(s.Text) {
			s.score *= leaningFactor
		}
	}
}

// walk returns how often a random walk along the ties visits each sentence; now and
// then it restarts anywhere.
func walk(ties [][]weight) []float64 {
	anywhere := 1 / float64(len(ties))
	rank := slices.Repeat([]float64{anywhere}, len(ties))
	for range rounds {
		next := make([]float64, len(rank))
		loose := 0.0 // at sentences without ties
		for i, tied := range ties {
			if len(tied) == 0 {
				loose += rank[i]
			}
			for _, tie := range tied {
				next[tie.of] += rank[i] * tie.value
			}
		}
		change := 0.0
		for i := range next {
			next[i] = damping*(next[i]+loose*anywhere) + (1-damping)*anywhere
			change += math.Abs(next[i] - rank[i])
		}
		rank = next
		if change < settled {
			break
		}
	}
	return rank
}

// tiesOf returns the sentences that share terms with sentence i, with weights that
// add up to 1.
func tiesOf(i int, vector []weight, postings [][]weight) []weight {
	common := map[int]float64{}
	for _, w := range vector {
		for _, p := range postings[w.of] {
			common[p.of] += w.value * p.value
		}
	}
	delete(common, i)
	ties := make([]weight, 0, len(common))
	total := 0.0
	for _, other := range slices.Sorted(maps.Keys(common)) { // in order, so that sums are reproducible
		ties = append(ties, weight{other, common[other]})
		total += common[other]
	}
	for k := range ties {
		ties[k].value /= total
	}
	return ties
}

// index sets the sentences' TF-IDF vectors and returns the sentences by term.
func index(sentences []*sentence, concepts *retrieval.Concepts) [][]weight {
	numbers := map[string]int{}
	counts := make([]map[int]int, len(sentences))
	var frequency []int
	for i, s := range sentences {
		counts[i] = map[int]int{}
		for _, term := range terms(s.Text, concepts) {
			number, known := numbers[term]
			if !known {
				number = len(numbers)
				numbers[term] = number
				frequency = append(frequency, 0)
			}
			if counts[i][number]++; counts[i][number] == 1 {
				frequency[number]++
			}
		}
	}
	postings := make([][]weight, len(numbers))
	for i, s := range sentences {
		s.vector = nil
		length := 0.0
		for _, number := range slices.Sorted(maps.Keys(counts[i])) {
			idf := math.Log(float64(1+len(sentences)) / float64(frequency[number]))
			value := (1 + math.Log(float64(counts[i][number]))) * idf
			s.vector = append(s.vector, weight{number, value})
			length += value * value
		}
		for k := range s.vector {
			w := &s.vector[k]
			w.value /= math.Sqrt(length)
			postings[w.of] = append(postings[w.of], weight{i, w.value})
		}
	}
	return postings
}

// terms returns the terms that a sentence is compared by: concepts of the word list,
// its other content words, and pairs of neighbours among those, since most
// Vietnamese words have two syllables.
func terms(sentence string, concepts *retrieval.Concepts) []string {
	words := text.Words(sentence)
	var terms []string
	said := make([]string, len(words))
	for i, word := range words {
		if !retrieval.StopWord(word.Exact) {
			said[i] = word.Exact
		}
	}
	for _, found := range concepts.Find(words, text.Vietnamese) {
		terms = append(terms, "="+found.Concept.ID)
		for i := found.From; i < found.To; i++ {
			said[i] = ""
		}
	}
	for i, word := range said {
		if word == "" {
			continue
		}
		terms = append(terms, word)
		if i > 0 && said[i-1] != "" {
			terms = append(terms, said[i-1]+" "+word)
		}
	}
	return terms
}

// likeness returns the similarity of two sentences, from 0 to 1.
func likeness(a, b *sentence) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a.vector) && j < len(b.vector); {
		x, y := a.vector[i], b.vector[j]
		switch c := cmp.Compare(x.of, y.of); {
		case c == 0:
			sum += x.value * y.value
			i++
			j++
		case c < 0:
			i++
		default:
			j++
		}
	}
	return sum
}
