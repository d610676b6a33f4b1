package retrieval

// metonyms are the capitals and palaces by whose names people mean a state, by
// the first names of both in the word list.
var metonyms = map[string]string{
	"bình nhưỡng": "triều tiên", "seoul": "hàn quốc", "nhà xanh": "hàn quốc",
	"mát-xcơ-va": "nga", "điện kremlin": "nga", "bắc kinh": "trung quốc",
	"washington": "mỹ", "nhà trắng": "mỹ", "lầu năm góc": "mỹ",
	"kiev": "ukraine", "tokyo": "nhật bản", "minsk": "belarus", "tehran": "iran", "damascus": "syria",
	"luân đôn": "vương quốc anh", "paris": "nước pháp", "berlin": "nước đức", "hà nội": "việt nam",
	"vác-sa-va": "ba lan", "ankara": "thổ nhĩ kỳ", "đài bắc": "đài loan", "jerusalem": "israel",
	"riyadh": "ả rập xê út", "ulaanbaatar": "mông cổ",
}

// linkMetonyms sets the state that the name of each capital or palace often means.
func (c *Concepts) linkMetonyms() {
	byID := map[string]*Concept{}
	for _, concept := range c.all {
		byID[concept.ID] = concept
	}
	for seat, state := range metonyms {
		if s := byID[seat]; s != nil {
			s.state = byID[state]
		}
	}
}

// SameState reports whether two names stand for one state: itself, or its
// capital or palace.
func SameState(a, b *Concept) bool { return a.stateOrSelf() == b.stateOrSelf() }

func (concept *Concept) stateOrSelf() *Concept {
	if concept.state != nil {
		return concept.state
	}
	return concept
}
