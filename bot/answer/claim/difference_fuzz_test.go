package claim

import (
	"testing"

	"reportbot/retrieval"
	"reportbot/store/text"
)

// Any two sentences can be compared, and no sentence is a change of itself.
func FuzzChanged(f *testing.F) {
	concepts := retrieval.New(nil).Concepts()
	f.Add("Cầu dài 1.200 mét, mở ngày 14/10/2024.", "Cầu dài 1.250 đến 1.300 mét, chưa mở.")
	f.Add("Nga không xác nhận rằng Tu-22 đã tới.", "Ông xác nhận.")
	f.Add("“Bão”, Kim Jong-un (KPA) said at least 3%.", "")
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) > 2000 {
			t.Skip()
		}
		language := text.LanguageOf(before, text.Vietnamese)
		Changed(concepts, language, Source{Text: before}, Source{Text: after})
		if found, changed := Changed(concepts, language, Source{Text: before, Year: 2024}, Source{Text: before, Year: 2024}); changed {
			t.Errorf("%q is taken for a change of itself: %s %s", before, found.Rule, found.Detail)
		}
	})
}
