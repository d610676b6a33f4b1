package claim

import "reportbot/store/text"

// dates checks that each date of a claim is in the evidence. The claim may leave out the
// day or the year. It can't tell for a day within a range of the evidence.
func dates(claim *sentence, e *evidence) (Outcome, string) {
	worst, detail := Kept, ""
	for _, d := range claim.Dates {
		switch e.date(d) {
		case Contradicted:
			return Contradicted, "no cited sentence has the date " + claim.asWritten(d.From, d.To)
		case CantTell:
			worst, detail = CantTell, "the date "+claim.asWritten(d.From, d.To)+" may lie in a range"
		}
	}
	return worst, detail
}

func (e *evidence) date(claimed text.Date) Outcome {
	outcome := Contradicted
	for i, have := range e.dates {
		if sameDate(claimed, have) {
			return Kept
		}
		if i > 0 && between(claimed, e.dates[i-1], have) {
			outcome = CantTell
		}
		// The same day, where nothing says of which year the evidence speaks.
		if have.Year == 0 && sameDate(text.Date{Day: claimed.Day, Month: claimed.Month}, have) {
			outcome = CantTell
		}
	}
	return outcome
}

// sameDate reports whether a claimed date is what the evidence's date says.
func sameDate(claimed, have text.Date) bool {
	return claimed.Month == have.Month &&
		(claimed.Day == 0 || claimed.Day == have.Day) &&
		(claimed.Year == 0 || claimed.Year == have.Year)
}

// between reports whether a date lies within the range from first to last, if those two
// dates of a sentence are a range.
func between(d, first, last text.Date) bool {
	if first.To > last.From || last.From-first.To > 2 || d.Year != 0 && last.Year != 0 && d.Year != last.Year {
		return false
	}
	at := func(d text.Date) int { return 100*d.Month + d.Day }
	return at(first) < at(d) && at(d) < at(last)
}
