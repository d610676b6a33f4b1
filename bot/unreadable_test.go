package bot

import (
	"strings"
	"testing"

	"reportbot/store/report"
	"reportbot/store/text"
)

// Every reason and every advice exists in both languages, after the file's name.
func TestUnreadableFilesAreExplainedInThePersonsLanguage(t *testing.T) {
	for _, test := range []struct{ name, data, vi, en string }{
		{"a.rtf", `{\rtf1 x}`, "a.rtf: Tôi không đọc được định dạng này: RTF. Hãy lưu thành .docx.", "a.rtf: I don't read this format: RTF. Please save it as .docx."},
		{"a.docx", "PK\x03\x04", "a.docx: Tệp bị cắt cụt hoặc hỏng", "a.docx: The file is cut off or damaged"},
		{"a.docm", "PK\x03\x04", "a.docm: Tệp có macro", "a.docm: The file holds macros"},
		{"a.rar", "Rar!\x1a\x07\x00", "Hãy giải nén", "Please unpack it"},
		{"a.txt", "", "a.txt: the report is empty", "a.txt: the report is empty"},
	} {
		_, err := report.Upload(t.Context(), test.name, []byte(test.data))
		if err == nil {
			t.Fatalf("%s was read", test.name)
		}
		for lang, want := range map[text.Language]string{text.Vietnamese: test.vi, text.English: test.en} {
			if said := whyUnreadable(lang, err); !strings.Contains(said, want) {
				t.Errorf("%s: said %q, want %q", test.name, said, want)
			}
		}
	}
	for _, reason := range []report.Reason{report.Encrypted, report.OnlyPictures, report.Damaged, report.Macros, report.TooMuch, report.ForeignFormat} {
		if said := whyUnreadable(text.Vietnamese, &report.RefusedError{Reason: reason}); said == "" || strings.Contains(said, "refused_") {
			t.Errorf("%s: said %q", reason, said)
		}
	}
}
