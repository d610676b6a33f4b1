package claim

import (
	"math"
	"slices"

	"reportbot/store/text"
)

// checkNumbers checks that each number of a claim is in the evidence, in any spelling.
// Unclear are rounded numbers, and counts up to three in words, which a claim may have
// made itself ("both", "hai nước").
func checkNumbers(claim *sentence, e *evidence) (Outcome, string) {
	worst, detail := Kept, ""
	for _, n := range claim.Numbers {
		switch e.number(claim, n) {
		case Contradicted:
			return Contradicted, "no cited sentence has the number " + claim.asWritten(n.From, n.To)
		case Unclear:
			worst, detail = Unclear, "the number "+claim.asWritten(n.From, n.To)+" may be counted or rounded"
		}
	}
	return worst, detail
}

// maxCount is the largest number in words that a claim may have counted.
const maxCount = 3

// number checks one number of a claim.
func (e *evidence) number(claim *sentence, n text.Number) Outcome {
	if e.hasNumber(claim, n) {
		return Kept
	}
	if counted(n) || n.Value <= 10 && e.namesNumber(n.Value) {
		return Unclear
	}
	rounded := claim.isRounded(n)
	for _, have := range e.numbers {
		switch {
		case n.Vague && have.Value >= n.Value && have.Value < 10*n.Value, have.Vague && n.Value >= have.Value && n.Value < 10*have.Value,
			rounded && n.Percent == have.Percent && math.Abs(n.Value-have.Value) <= .1*have.Value:
			return Unclear
		}
	}
	return Contradicted
}

// counted reports whether a number may be a count of things in the sentence: one (also
// "một" and "a"), both, "hai nước".
func counted(n text.Number) bool {
	return !n.Digits && n.Value <= maxCount || n.Value == 1 && !n.Percent
}

// hasNumber reports whether the sentence of e has a number of another one, which may be
// of a date too.
func (e *evidence) hasNumber(of *sentence, n text.Number) bool {
	for _, have := range e.numbers {
		if n.Same(have) || n.Value == have.Value && (n.Ordinal || have.Ordinal) {
			return true
		}
	}
	return n.Year && e.years[int(n.Value)] || of.partOfDate(n) && e.parts[int(n.Value)]
}

// inNames are numbers in words within names.
var inNames = map[string]float64{
	"hai": 2, "ba": 3, "bốn": 4, "tứ": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}

// namesNumber reports whether the evidence has a number as a part of a name: the six of
// "Đàm phán Sáu bên".
func (e *evidence) namesNumber(value float64) bool {
	return slices.ContainsFunc(e.all(), func(s *sentence) bool {
		return slices.ContainsFunc(s.Words[min(1, len(s.Words)):], func(w text.Word) bool { return w.Capital && inNames[w.Exact] == value })
	})
}

// isRounded reports whether a bound stands before a number: about, nearly, over.
func (s *sentence) isRounded(n text.Number) bool {
	for i := max(0, n.From-3); i < n.From; i++ {
		if s.is(i, bound) {
			return true
		}
	}
	return false
}

// partOfDate reports whether a number may be a day or month of an incomplete or
// adjacent date: "the 14th", "ngày 14", "5 and 6 October".
func (s *sentence) partOfDate(n text.Number) bool {
	return n.Ordinal || n.From > 0 && dayWords[s.Words[n.From-1].Exact] || slices.ContainsFunc(s.Dates, func(d text.Date) bool {
		return n.To <= d.From && d.From <= n.To+2 || d.To <= n.From && n.From <= d.To+2
	})
}
