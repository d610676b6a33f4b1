package claim

// Statement is a parsed text, for comparing it with many sources of a Checker.
type Statement struct{ *sentence }

// Statement parses a text for Coverage and Contradiction.
func (c *Checker) Statement(said string) *Statement {
	return &Statement{c.reader.read(said, c.fallback)}
}

// Coverage returns the share of a statement that a source has, 0 to 1. Numbers, dates and
// words with capitals count double: they identify a sentence best.
func (c *Checker) Coverage(s *Statement, i int) float64 {
	has, all := s.shared(c.text([]int{i}))
	return has / max(all, 1)
}

// Nearest returns the first of the sources that share most words with a claim.
func (c *Checker) Nearest(said string, cited []int) int {
	best, most := cited[0], -1.0
	if len(cited) == 1 || len(said) > c.longest {
		return best
	}
	claim := c.Statement(said)
	for _, i := range cited {
		score, _ := claim.shared(c.text([]int{i}))
		if score > most {
			best, most = i, score
		}
	}
	return best
}

// shared returns the weight of the statement's words that a source has, and of all.
func (s *Statement) shared(source *sourceText) (has, all float64) {
	found := s.foundIn(source)
	for w := range s.Words {
		if s.skip(w) > w {
			continue
		}
		weight := 1.0
		if s.inFact[w] || s.Words[w].Capital {
			weight++
		}
		all += weight
		if found[w] {
			has += weight
		}
	}
	return has, all
}

// foundIn reports for each word whether a source has it, an equal of it, or the fact
// that it belongs to.
func (s *Statement) foundIn(source *sourceText) []bool {
	found := make([]bool, len(s.Words))
	for _, places := range factUnits(s.sentence, source) {
		for _, p := range places {
			mark(found, p.said, p.to)
		}
	}
	for _, units := range s.units {
		for _, u := range units {
			if len(source.byKey[u.key]) > 0 {
				mark(found, u.from, u.to)
			}
		}
	}
	return found
}
