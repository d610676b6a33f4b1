package bot

import (
	"errors"
	"strings"

	"reportbot/store/report"
	"reportbot/store/text"
)

// whyUnreadable says which report can't be read, why, and what to do.
func whyUnreadable(lang text.Language, err error) string {
	var refused *report.RefusedError
	if !errors.As(err, &refused) {
		return err.Error()
	}
	reason := "refused_format"
	switch refused.Reason {
	case report.Encrypted:
		reason = "refused_encrypted"
	case report.OnlyPictures:
		reason = "refused_pictures"
	case report.Damaged:
		reason = "refused_damaged"
	case report.Macros:
		reason = "refused_macros"
	case report.TooMuch:
		reason = "refused_too_much"
	}
	which := strings.TrimSuffix(err.Error(), refused.Error())
	return which + say(lang, reason, "Format", refused.Format, "Way", wayOut(lang, refused.Way))
}

// wayOut says what to do about a file in an unsupported format, else "".
func wayOut(lang text.Language, way report.Way) string {
	if way == "" {
		return ""
	}
	advice := "way_docx"
	switch way {
	case report.SaveAsPDF:
		advice = "way_pdf"
	case report.SaveAsEPUB:
		advice = "way_epub"
	case report.SaveAsHTML:
		advice = "way_html"
	case report.SendText:
		advice = "way_text"
	case report.Unpack:
		advice = "way_unpack"
	}
	return say(lang, advice)
}
