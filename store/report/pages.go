package report

import "reportbot/store/report/pdf"

// pages are the pages that a line is on.
type pages struct {
	first int // from 1; 0: the format has no pages
	// starts has, for each further page, the number of letters before it.
	starts []int
}

// number sets the page on which each sentence of a line begins.
func (p pages) number(sentences []Sentence) {
	if p.first == 0 {
		return
	}
	letters := 0
	for i := range sentences {
		sentences[i].Page = p.first
		for _, turn := range p.starts {
			if letters >= turn {
				sentences[i].Page++
			}
		}
		letters += pdf.Letters(sentences[i].Text)
	}
}
