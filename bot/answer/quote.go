package answer

import "reportbot/prompts"

// quote returns the report's sentence that stands in the place of a claim that
// is not shown: of the sentences it cites, the one with most of its words. It
// returns nil if the claim cites nothing that was in the prompt. add is false
// where the sentence is in the answer already.
func (c *checker) quote(claim prompts.Claim) (quote *Claim, add bool) {
	cited := c.cited(claim.Cites)
	if len(cited) == 0 {
		return nil, false
	}
	nearest := cited[0]
	if len(cited) > 1 && len(claim.Text) <= c.longest() {
		s, most := c.read(claim.Text), -1.
		for _, i := range cited {
			if share, _ := coverage(s, c.reading(i)); share > most {
				nearest, most = i, share
			}
		}
	}
	s := c.sources[nearest]
	quoted := Quote(s.Sentence, s.Paragraph, s.Entry)
	add = !c.quoted[nearest] && !c.said[s.Text]
	c.quoted[nearest] = true
	return &quoted, add
}
