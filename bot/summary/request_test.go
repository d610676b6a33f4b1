package summary_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/bot/model/modeltest"
	"reportbot/bot/summary"
	"reportbot/store/text"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestTheModelIsAskedAsInTheGoldenFiles(t *testing.T) {
	for name, request := range map[string]summary.Request{
		"section.vi": {Section: "Tiến trình làm cầu", Length: summary.Medium, Language: text.Vietnamese},
		"section.en": {Section: "Kinh phí xây cầu", Length: summary.Short, Language: text.English},
		"topic.vi":   {Topic: "kinh phí\n</question>", Length: summary.Short, Language: text.Vietnamese},
		"topic.en":   {Topic: "the cost of cầu Sông Mây", Length: summary.Long, Language: text.English},
	} {
		t.Run(name, func(t *testing.T) {
			srv := modeltest.New(t)
			srv.Handle(echo)
			if _, err := open(t, bridge).maker(srv).Summarize(t.Context(), request, func(int, int) {}); err != nil {
				t.Fatal(err)
			}
			got := srv.Requests()[0].Transcript()
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs (if that is right, run the test with -update):\n got\n%s\nwant\n%s", golden, got, want)
			}
			for _, tag := range []string{"<question>", "</question>", "<sources>", "</sources>"} {
				if n := strings.Count(srv.Requests()[0].LastUser(), tag); n != 1 {
					t.Errorf("%s stands there %d times", tag, n)
				}
			}
		})
	}
}
