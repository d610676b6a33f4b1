package claim

import "reportbot/store/text"

// checkDates checks that each date of a claim is in the evidence. The claim may leave
// out the day or the year. A day within a range of the evidence is unclear.
func checkDates(claim *sentence, e *evidence) (Outcome, string) {
	worst, detail := Kept, ""
	for _, d := range claim.Dates {
		switch e.date(d) {
		case Contradicted:
			return Contradicted, "no cited sentence has the date " + claim.asWritten(d.From, d.To)
		case Unclear:
			worst, detail = Unclear, "the date "+claim.asWritten(d.From, d.To)+" may lie in a range"
		}
	}
	return worst, detail
}

func (e *evidence) date(d text.Date) Outcome {
	outcome := Contradicted
	for i, have := range e.dates {
		if sameDate(d, have) {
			return Kept
		}
		if i > 0 && withinRange(d, e.dates[i-1], have) {
			outcome = Unclear
		}
		// The same day, with an unknown year in the evidence.
		if have.Year == 0 && sameDate(text.Date{Day: d.Day, Month: d.Month}, have) {
			outcome = Unclear
		}
	}
	return outcome
}

// sameDate reports whether a claimed date is the evidence's date.
func sameDate(d, have text.Date) bool {
	return d.Month == have.Month &&
		(d.Day == 0 || d.Day == have.Day) &&
		(d.Year == 0 || d.Year == have.Year)
}

// withinRange reports whether a date lies within the range from first to last, if those two
// dates of a sentence are a range.
func withinRange(d, first, last text.Date) bool {
	if first.To > last.From || last.From-first.To > 2 || d.Year != 0 && last.Year != 0 && d.Year != last.Year {
		return false
	}
	at := func(d text.Date) int { return 100*d.Month + d.Day }
	return at(first) < at(d) && at(d) < at(last)
}
