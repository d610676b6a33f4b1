package report

import "reportbot/store/report/pdf"

// pages says on which pages of a file a line stands.
type pages struct {
	first int // from 1; 0: the format has no pages
	// turns are after how many letters each further page begins.
	turns []int
}

// number sets the pages that sentences of a line begin on.
func (p pages) number(sentences []Sentence) {
	if p.first == 0 {
		return
	}
	letters := 0
	for i := range sentences {
		sentences[i].Page = p.first
		for _, turn := range p.turns {
			if letters >= turn {
				sentences[i].Page++
			}
		}
		letters += pdf.Letters(sentences[i].Text)
	}
}
