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
	refusalPhrases = map[report.Reason]phrase{
		report.Encrypted: phrase("refused_encrypted"), report.OnlyPictures: phrase("refused_pictures"), report.Damaged: phrase("refused_damaged"),
		report.Macros: phrase("refused_macros"), report.TooMuch: phrase("refused_too_much"),
	}
	advicePhrases = map[report.Way]phrase{
		report.SaveAsPDF: phrase("way_pdf"), report.SaveAsEPUB: phrase("way_epub"), report.SaveAsHTML: phrase("way_html"), report.SendText: phrase("way_text"),
		report.Unpack: phrase("way_unpack"),
	}
)

// whyUnreadable says which report can't be read, why, and what to do.
func whyUnreadable(lang text.Language, err error) string {
	var refused *report.RefusedError
	if !errors.As(err, &refused) {
		return err.Error()
	}
	reason := cmp.Or(refusalPhrases[refused.Reason], phrase("refused_format"))
	advice := ""
	if refused.Way != "" {
		advice = say(lang, string(cmp.Or(advicePhrases[refused.Way], phrase("way_docx"))))
	}
	which := strings.TrimSuffix(err.Error(), refused.Error())
	return which + say(lang, string(reason), "Format", refused.Format, "Way", advice)
}
