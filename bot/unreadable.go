package bot

import (
	"cmp"
	"errors"
	"strings"

	"reportbot/store/report"
	"reportbot/store/text"
)

// The phrases for why a file is refused, and for what to do about it.
var (
	refusalPhrases = map[report.Reason]string{
		report.Encrypted: "refused_encrypted", report.OnlyPictures: "refused_pictures", report.Damaged: "refused_damaged",
		report.Macros: "refused_macros", report.TooMuch: "refused_too_much",
	}
	advicePhrases = map[report.Way]string{
		report.SaveAsPDF: "way_pdf", report.SaveAsEPUB: "way_epub", report.SaveAsHTML: "way_html", report.SendText: "way_text",
		report.Unpack: "way_unpack",
	}
)

// whyUnreadable says which report can't be read, why, and what to do.
func whyUnreadable(lang text.Language, err error) string {
	var refused *report.RefusedError
	if !errors.As(err, &refused) {
		return err.Error()
	}
	reason := cmp.Or(refusalPhrases[refused.Reason], "refused_format")
	advice := ""
	if refused.Way != "" {
		advice = say(lang, cmp.Or(advicePhrases[refused.Way], "way_docx"))
	}
	which := strings.TrimSuffix(err.Error(), refused.Error())
	return which + say(lang, reason, "Format", refused.Format, "Way", advice)
}
