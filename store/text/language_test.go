package text

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared is where data that is no part of the repository lies, if anywhere.
const shared = "../../../shared"

// openShared opens a file of the shared data, and skips the test where there
// is none.
func openShared(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	file, err := os.Open(filepath.Join(shared, name))
	if os.IsNotExist(err) {
		t.Skipf("the shared file %s is not here", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<22)
	return lines
}

// questions reads the questions of one kind, one a line.
func questions(t *testing.T, kind string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "questions", kind+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	if len(lines) < 30 {
		t.Fatalf("%d questions of the kind %s, want 30 or more", len(lines), kind)
	}
	return lines
}

func TestLanguageOfEveryQuestionWhateverTheFallback(t *testing.T) {
	for kind, want := range map[string]Language{
		"vi": Vietnamese, "vi-without-marks": Vietnamese, "en": English,
	} {
		t.Run(kind, func(t *testing.T) {
			for _, question := range questions(t, kind) {
				for _, fallback := range []Language{Vietnamese, English, Korean} {
					if got := LanguageOf(question, fallback); got != want {
						t.Errorf("LanguageOf(%q, %s) = %s", question, fallback, got)
					}
				}
			}
		})
	}
}

func TestLanguageOf(t *testing.T) {
	tests := []struct {
		name, question string
		want           Language // empty: the fallback
	}{
		{"Russian", "Сколько солдат отправила КНДР?", Russian},
		{"Russian with a Latin name", "Что сказал Kim Jong-un?", Russian},
		{"Korean", "북한은 러시아에 몇 명을 보냈습니까?", Korean},
		{"Korean with Latin names as long", "Kursk 북한군", Korean},
		{"Vietnamese in NFD", "ai la\u0300 ta\u0301c gia\u0309", Vietnamese},
		{"Vietnamese that quotes Russian", "Báo cáo dịch từ “война” như thế nào?", Vietnamese},
		{"English that names a Vietnamese town", "What did the report say about Hà Nội?", English},
		{"a name in English spelling", "Kim Jong-un", ""},
		{"a name of syllables only", "Ho Chi Minh", ""},
		{"several names", "Putin, Kursk, Vladivostok", ""},
		{"a name in lower case", "kim jong un", ""},
		{"an abbreviation", "GUR", ""},
		{"numbers", "12.000?", ""},
		{"a writing that isn't told apart", "朝鲜派了多少兵？", ""},
		{"an emoji", "🙂", ""},
		{"nothing", "", ""},
		{"bytes that are no text", "\xff\xfe", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, fallback := range []Language{Vietnamese, English} {
				want := test.want
				if want == "" {
					want = fallback
				}
				if got := LanguageOf(test.question, fallback); got != want {
					t.Errorf("LanguageOf(%q, %s) = %s, want %s", test.question, fallback, got, want)
				}
			}
		})
	}
}

// rate fails the test if less than 99 of 100 were right.
func rate(t *testing.T, right, all int) {
	t.Helper()
	if all == 0 {
		t.Fatal("no question was read")
	}
	t.Logf("%d of %d right: %.2f%%", right, all, 100*float64(right)/float64(all))
	if right*100 < all*99 {
		t.Errorf("%d of %d right, want 99%%", right, all)
	}
}

func TestLanguageOfTheDevelopmentQuestions(t *testing.T) {
	lines := openShared(t, "report/dev-questions.jsonl")
	right, all := 0, 0
	for lines.Scan() {
		var item struct{ Q, Lang string }
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		all++
		if got := LanguageOf(item.Q, Korean); string(got) == item.Lang {
			right++
		} else {
			t.Logf("%s, not %s: %q", got, item.Lang, item.Q)
		}
	}
	rate(t, right, all)
}

func TestLanguageOfXQuADQuestions(t *testing.T) {
	lines := openShared(t, "xquad/vi-dev.jsonl")
	right, all := 0, 0
	for lines.Scan() {
		var item struct {
			Questions []struct{ Vi, En string }
		}
		if err := json.Unmarshal(lines.Bytes(), &item); err != nil {
			t.Fatal(err)
		}
		for _, question := range item.Questions {
			for want, q := range map[Language]string{Vietnamese: question.Vi, English: question.En} {
				all++
				if got := LanguageOf(q, Korean); got == want {
					right++
				} else {
					t.Logf("%s, not %s: %q", got, want, q)
				}
			}
		}
	}
	rate(t, right, all)
}
