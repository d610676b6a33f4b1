package answer

// The limits of an extractive answer, for the tests outside the package.
func (l Length) Quotations() (sentences, footnotes int) { return l.quotations(false) }
