package claim

// Rule names a rule that a claim fails, as the reason why it was not shown.
type Rule string

// The rules, in the order in which a claim's reason is chosen.
const (
	Citation  Rule = "citation" // it cites nothing; also given to a claim that repeats another
	Markup    Rule = "markup"
	Quotation Rule = "quotation"
	Number    Rule = "number"
	Date      Rule = "date"
	Name      Rule = "name"
	Negation  Rule = "negation"
	Meaning   Rule = "meaning" // it is too long; or code found no shortening and no judge was asked
	Judge     Rule = "judge"   // the judge said no, failed, or had reached its limit of claims
)

// Outcome is the result of a rule for a claim.
type Outcome int

// The outcomes. A claim without any fact of the rule's kind is Kept.
const (
	Kept Outcome = iota
	Unclear
	Contradicted
)

func (o Outcome) String() string { return [...]string{"kept", "unclear", "contradicted"}[o] }

// Finding is the result of one rule.
type Finding struct {
	Rule    Rule
	Outcome Outcome
	Detail  string // empty for Kept
}
