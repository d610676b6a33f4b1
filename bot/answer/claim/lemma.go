package claim

import "strings"

// lemmas returns the possible base forms of an English word, the word itself first.
func lemmas(word string) []string {
	forms := []string{word}
	if base, ok := irregular[word]; ok {
		forms = append(forms, base)
	}
	for _, rule := range endings {
		stem, ok := strings.CutSuffix(word, rule.ending)
		if !ok || len(stem) < 2 {
			continue
		}
		for _, ending := range rule.bases {
			forms = append(forms, stem+ending)
		}
		if n := len(stem); n > 3 && stem[n-1] == stem[n-2] {
			forms = append(forms, stem[:n-1])
		}
	}
	return forms
}

// endings are the regular endings and their replacements in the base form.
var endings = []struct {
	ending string
	bases  []string
}{
	{"ies", []string{"y"}}, {"es", []string{"", "e"}}, {"s", []string{""}},
	{"ied", []string{"y"}}, {"ed", []string{"", "e"}},
	{"ying", []string{"y", "ie"}}, {"ing", []string{"", "e"}},
	{"ier", []string{"y"}}, {"iest", []string{"y"}}, {"er", []string{"", "e"}}, {"est", []string{"", "e"}},
	{"ily", []string{"y"}}, {"ly", []string{"", "le"}},
}

// irregular has the base forms of irregular English verbs.
var irregular = func() map[string]string {
	forms := map[string]string{}
	pairs := strings.Fields(`taken take took take given give gave give gone go went go came come done do did do made make sent send brought bring bought buy built build fought fight held hold kept keep led lead left leave lost lose met meet paid pay said say seen see saw see sold sell spoke speak spoken speak stood stand struck strike taught teach thought think told tell understood understand won win written write wrote write begun begin began begin broken break broke break chosen choose chose choose driven drive drove drive fallen fall fell fall flown fly flew fly forbidden forbid found find grown grow grew grow known know knew know risen rise rose rise shown show sought seek sunk sink withdrawn withdraw withdrew withdraw undergone undergo became become felt feel laid lay meant mean ran run shot shoot spent spend stolen steal sworn swear worn wear blown blow blew blow drawn draw drew draw arisen arise arose arise overcame overcome undertaken undertake undertook undertake heard hear caught catch dealt deal fled flee swept sweep stuck stick`)
	for i := 0; i+1 < len(pairs); i += 2 {
		forms[pairs[i]] = pairs[i+1]
	}
	return forms
}()
