package prompts

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Models write citations in many ways. A line is first normalized: a citation becomes
// "[S3]" or "[S3][S7]", and the rest stays.
const (
	// sourceNumber is S3 in a group; after the first, or behind a word, the S may be missing.
	sourceNumber = `["'*_@]*(?:(?:câu|nguồn|source|sources|sentence|sentences|citation|ref)\.?:?\s*[Ss]?|[Ss])\s?\d{1,4}["'*_]*`
	joint        = `\s*(?:,|;|&|/|\||\+|-|–|—|~|\.\.|và|and|đến|to|tới|и|및|과|와)?\s*`
	group        = `(?:` + sourceNumber + `)(?:` + joint + `(?:["'*_]*[Ss]?\s?\d{1,4}["'*_]*))*`
	shortNumber  = `S\d{1,2}(?:` + joint + `S\d{1,2})*`
	lead         = `(?:(?:theo|nguồn|xem|source|sources|see|citation|citations|ref|refs)\s*:?\s*)?`
)

var (
	// bracketed is a group of source numbers in brackets of any kind.
	bracketed = regexp.MustCompile(`(?i)(?:\\cite)?[\[({<«‹]{1,2}\^?\s*` + lead + group + `\s*[\])}>»›]{1,2}(?:\([^)\s]*\))?`)
	// inTag is a group in a tag that says what it is.
	inTag = regexp.MustCompile(`(?i)<(?:cite|sources?|citations?|ref)(?:\s[^<>]{0,40})?>\s*[\[(]?\s*(` + group + `)\s*[\])]?\s*</[a-z]+>`)
	// leading is a group without brackets before the text of its line, closing one behind
	// it, and alone a group that is the line. Numbers of three digits may be names (S300).
	leading = regexp.MustCompile(`(?i)^([\s*_>•–—-]*)((?:câu|nguồn|source|sentence)?\s*` + shortNumber + `)[*_]*(?::|\.|\)|\s[–—-])\s+`)
	closing = regexp.MustCompile(`((?:[.!?…–—]["”*_)]*|\s-|[.\s(](?i:` + sourceWords + `)\s*:)\s*)(` + shortNumber + `)([.)]*\s*)$`)
	alone   = regexp.MustCompile(`^[\s*_>•–—-]*(` + shortNumber + `)[\s*_.;,]*$`)
	// bareNumbers is the same without S, read only in a line without other citations.
	bareNumbers = regexp.MustCompile(`\[\^?\s*\d{1,3}(?:\s*(?:[,;\-–&]|và|and|đến|to)\s*\d{1,3})*\s*\]`)
	// inCell is a group without brackets, alone in a cell of a table or as a value of JSON.
	inCell = regexp.MustCompile(`(?i)(\|\s*|":\s*)(` + group + `)(\s*(?:[|,}\]]|$))`)
	// between is a range of citations.
	between = regexp.MustCompile(`\[S(\d+)\]\s*(?:[-–—~]|đến|tới|to)\s*\[S(\d+)\]`)
	// standing is one or more citations and the full stop that may follow.
	standing = regexp.MustCompile(`\s*\[S\d+\](?:(?:[\s,;&]|và|and)*\[S\d+\])*[.,;:。]*`)
	// begun matches the possible beginning of another citation of the same claim.
	begun       = regexp.MustCompile(`^[\s.,;:*_&~–—-]*(?:(?:và?|v|a|an|and|đ|đế|đến|t|tớ|tới|to)\s*)?(?:[\[({«‹【［（〖⟦<\\*^][^\])}»›】］）〗⟧>]{0,60})?$`)
	numberOf    = regexp.MustCompile(`\d+`)
	rangeSign   = regexp.MustCompile(`^\s*(?:-|–|—|~|\.\.|đến|tới|to)\s*[^\d]*$`)
	superscript = regexp.MustCompile(`(?i)<sup>\s*(.*?)\s*</sup>|\$?\^\{?\s*(\[?\(?S\d[^}\s$^]*)\s*\}?\^?\$?`)
	escaped     = regexp.MustCompile(`\\([\[\]()_*~` + "`" + `#>.\-"%$&])`)
	emphasised  = regexp.MustCompile(`([*_]{1,3})(\s*[\[(]\s*[Ss]\s?\d[^\])]*[\])]\s*)([*_]{1,3})`)
)

// fullWidth maps brackets, signs and spaces that some models write.
var fullWidth = strings.NewReplacer("【", "[", "】", "]", "［", "[", "］", "]", "〔", "[", "〕", "]", "〖", "[", "〗", "]", "⟦", "[", "⟧", "]", "（", "(", "）", ")", "，", ",", "；", ";", "：", ":", "Ｓ", "S",
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "、", ",", "～", "~",
	"\u00a0", " ", "\u2007", " ", "\u2009", " ", "\u202f", " ", "▁", " ")

var (
	// dagger is what some models add to a citation: 【S3†L1-L4】, 【S3†source】.
	dagger = regexp.MustCompile(`†[^\[\]\n]{0,30}\]`)
	// raised is a run of superscript characters.
	raised = regexp.MustCompile(`[ˢ⁽⁰¹²³⁴⁵⁶⁷⁸⁹][ˢ⁽⁾⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:[,;˒]?\s?[ˢ⁽⁰¹²³⁴⁵⁶⁷⁸⁹][ˢ⁽⁾⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*)*`)
	level  = strings.NewReplacer("ˢ", "S", "⁽", "", "⁾", "", "⁻", "-", "˒", ",", "⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4",
		"⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
)

// lowered puts superscript citations into brackets. A superscript number without S
// counts as a citation unless it may be an exponent: at the start of the line, after a
// digit, or after a word as short as a unit.
func lowered(line string) string {
	var b strings.Builder
	from := 0
	for _, at := range raised.FindAllStringIndex(line, -1) {
		before := line[:at[0]]
		word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
		last, _ := utf8.DecodeLastRuneInString(before)
		exponent := unicode.IsDigit(last) || word != "" && len(word) < 3 && last < utf8.RuneSelf
		if !strings.Contains(line[at[0]:at[1]], "ˢ") && (exponent || before == "") {
			continue
		}
		b.WriteString(line[from:at[0]] + "[" + level.Replace(line[at[0]:at[1]]) + "]")
		from = at[1]
	}
	return b.String() + line[from:]
}

// cite returns a line with its citations as "[S3]", except bare numbers.
func cite(line string) string {
	line = lowered(dagger.ReplaceAllString(fullWidth.Replace(line), "]"))
	line = escaped.ReplaceAllString(line, "$1")
	line = superscript.ReplaceAllStringFunc(line, func(found string) string {
		m := superscript.FindStringSubmatch(found)
		inner := strings.Trim(m[1]+m[2], "[]() ")
		if !numberOf.MatchString(inner) {
			return found
		}
		return "[" + inner + "]"
	})
	line = emphasised.ReplaceAllString(line, "$2")
	line = inTag.ReplaceAllString(line, "[$1]")
	line = bracketed.ReplaceAllStringFunc(line, func(found string) string {
		if at := strings.LastIndex(found, "]("); at > 0 {
			found = found[:at+1]
		}
		return tags(numbers(found))
	})
	line = inCell.ReplaceAllStringFunc(line, func(found string) string {
		m := inCell.FindStringSubmatch(found)
		return m[1] + tags(numbers(m[2])) + m[3]
	})
	return between.ReplaceAllStringFunc(line, func(found string) string { return tags(numbers(found)) })
}

// labelled puts a group without brackets at the beginning of a line into brackets.
func labelled(line string) string {
	m := leading.FindStringSubmatchIndex(line)
	if m == nil {
		return line
	}
	return line[m[2]:m[3]] + tags(numbers(line[m[4]:m[5]])) + " " + line[m[1]:]
}

// normal returns a line with its citations as "[S3]". Bare numbers count only after
// the last other citation: before one, they are part of the text.
func normal(line string) string {
	if m := alone.FindStringSubmatch(line); m != nil {
		return tags(numbers(m[1]))
	}
	line = cite(line)
	if m := closing.FindStringSubmatchIndex(line); m != nil {
		line = line[:m[4]] + tags(numbers(line[m[4]:m[5]])) + line[m[6]:]
	}
	last := 0
	if places := standing.FindAllStringIndex(line, -1); len(places) > 0 {
		last = places[len(places)-1][1]
	}
	return line[:last] + bareNumbers.ReplaceAllStringFunc(line[last:], func(found string) string { return tags(numbers(found)) })
}

// tags returns citations in normal form.
func tags(ids []int) string {
	var b strings.Builder
	for _, id := range ids {
		b.WriteString("[S" + strconv.Itoa(id) + "]")
	}
	return b.String()
}

// longestRange is the most sentences that a range may cite.
const longestRange = 30

// numbers returns the source numbers of a citation in order, each once, with those
// inside ranges.
func numbers(cited string) []int {
	var ids []int
	add := func(n int) {
		if !slices.Contains(ids, n) {
			ids = append(ids, n)
		}
	}
	last, end := -1, 0
	for _, at := range numberOf.FindAllStringIndex(cited, -1) {
		n, err := strconv.Atoi(cited[at[0]:at[1]])
		if err != nil {
			continue
		}
		between := strings.Trim(cited[end:at[0]], "[]Ss \"'")
		if last >= 0 && rangeSign.MatchString(between) && n > last && n-last < longestRange {
			for i := last + 1; i < n; i++ {
				add(i)
			}
		}
		add(n)
		last, end = n, at[1]
	}
	return ids
}
