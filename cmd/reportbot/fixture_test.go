package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// bridges is a report that shares no text with the embedded one.
const bridges = `Ngày 3 tháng 5 năm 2024
Báo cáo thử về những cây cầu
Nguyễn Văn A và Trần Thị B
Hiện trạng
Cầu Bạch Yến dài 1.200 mét và khánh thành ngày 9 tháng 4 năm 2019. [1] Mỗi ngày có 15.000 lượt xe qua cầu này. [2][3]
Cầu Cẩm Thạch được sửa chữa suốt năm 2021. [3]
Không ai đếm số thuyền đi dưới hai cây cầu ấy.
Dự báo
Thành phố sẽ xây thêm hai cây cầu nữa trước năm 2030. [4]
[1] https://example.org/bach-yen
[2] https://example dot org/luot-xe ; https://example.net/xe
[3] https://example.org/so-lieu
[4] Báo in, không có liên kết
`

// loadedBridges is a store with bridges as its one edition.
var loadedBridges struct {
	once sync.Once
	data []byte
}

// storeOfBridges makes a store with bridges as its one edition.
func (p *program) storeOfBridges(name string) {
	p.t.Helper()
	loadedBridges.once.Do(func() {
		first := newProgram(p.t)
		first.must("load", first.file("bridges.txt", bridges))
		data, err := os.ReadFile(filepath.Join(first.dir, defaultDB))
		if err != nil {
			p.t.Fatal(err)
		}
		loadedBridges.data = data
	})
	p.file(name, string(loadedBridges.data))
}

// titled returns a report with the title.
func titled(title string) string {
	return "Ngày 3 tháng 5 năm 2024\n" + title + "\nNguyễn Văn A và Trần Thị B\nHiện trạng\nĐây là câu duy nhất của bản thử này. [1]\n[1] https://example.org/\n"
}

// decode reads one JSON object a line.
func decode[T any](t *testing.T, out string) []T {
	t.Helper()
	if !strings.HasSuffix(out, "\n") {
		t.Fatalf("the output does not end with a line: %q", out)
	}
	var objects []T
	for line := range strings.Lines(out) {
		var object T
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Fatalf("no JSON object on a line of its own: %v: %.300q", err, line)
		}
		objects = append(objects, object)
	}
	return objects
}

// The shapes of the JSON output by contract. Lists have one example element.
const (
	passageShape = `{"rank": 1, "id": "", "score": 9.1, "section": "", "paragraph": 17, "text": "", "footnotes": [12]}`
	searchShape  = `{"question": "", "took_ms": 1.3, "passages": [` + passageShape + `]}`
	answerShape  = `{"question": "", "lang": "", "intent": "", "status": "", "mode": "", "notice": "", "text": "",
		"claims": [{"text": "", "footnotes": [2], "sources": [""]}],
		"footnotes": [{"n": 2, "links": [{"url": "", "site": ""}]}],
		"passages": [` + passageShape + `],
		"rejected": [{"text": "", "why": "", "detail": ""}],
		"usage": {"prompt_tokens": 0, "completion_tokens": 0, "calls": 1},
		"took_ms": {"total": 0, "retrieval": 0, "model": 0}}`
	checkShape = `{"title": "", "date": "", "authors": [""], "sections": 5, "paragraphs": 54, "sentences": 400, "passages": 130,
		"footnotes": [{"n": 1, "raw": "", "links": [""], "defanged": false, "damaged": [""]}],
		"uncited": [1], "missing": [1], "warnings": [""]}`
	examShape = `{"exam": {"facts": 1, "examined": 1, "found": 1, "missed": [{"paragraph": 1, "text": ""}],
		"offered": [{"question": "", "paragraph": 1, "sentence": ""}]}}`
	kindsShape = `{"fact": {"n": 24, "recall": {"1": 0.5, "3": 0.7, "5": 0.8, "10": 0.9}, "mrr": 0.6, "ndcg": 0.7}}`
	evalShape  = `{"questions": 48, "kinds": ` + kindsShape + `, "recall_at_4000_chars": 0.8}`
)

// mustHaveShape fails unless each line of output is an object with all fields of the
// shape and their types; lists are never null. Additional fields are allowed.
func mustHaveShape(t *testing.T, out, shape string) {
	t.Helper()
	var want any
	if err := json.Unmarshal([]byte(shape), &want); err != nil {
		t.Fatal(err)
	}
	for _, object := range decode[any](t, out) {
		for _, fault := range faults("", object, want) {
			t.Error(fault)
		}
	}
}

// faults lists where got differs from want in shape.
func faults(path string, got, want any) (list []string) {
	if kind(got) != kind(want) {
		return []string{fmt.Sprintf("%s is %s, want %s", path, kind(got), kind(want))}
	}
	switch want := want.(type) {
	case map[string]any:
		for name, field := range want {
			value, there := got.(map[string]any)[name]
			if !there {
				list = append(list, fmt.Sprintf("%s.%s is not there", path, name))
				continue
			}
			list = append(list, faults(path+"."+name, value, field)...)
		}
	case []any:
		for i, element := range got.([]any) {
			list = append(list, faults(fmt.Sprintf("%s[%d]", path, i), element, want[0])...)
		}
	}
	slices.Sort(list)
	return list
}

func kind(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case map[string]any:
		return "an object"
	case []any:
		return "a list"
	case string:
		return "a string"
	case bool:
		return "true or false"
	}
	return "a number"
}

func TestFaultsListsDifferencesInShape(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{searchShape, ""},
		{`{"question": "", "took_ms": 1, "passages": [], "more": null}`, ""},
		{`{"question": "", "took_ms": 1, "passages": null}`, ".passages is null, want a list"},
		{`{"question": 1, "passages": [{}]}`, ".passages[0].footnotes is not there"},
		{`[]`, " is a list, want an object"},
	} {
		var got, want any
		if json.Unmarshal([]byte(test.got), &got) != nil || json.Unmarshal([]byte(searchShape), &want) != nil {
			t.Fatal("no JSON")
		}
		found := faults("", got, want)
		if test.want == "" && len(found) > 0 || test.want != "" && !slices.Contains(found, test.want) {
			t.Errorf("%s: %q, want %q", test.got, found, test.want)
		}
	}
}

// answerLine has the fields of a line of `ask --json` that tests check.
type answerLine struct {
	Question, Lang, Status, Mode, Notice, Text string

	Claims []struct {
		Text      string
		Footnotes []int
		Sources   []string
		Quoted    bool
	}
	Footnotes []struct {
		N     int
		Links []struct{ URL, Site string }
	}
	Passages []passageLine
	Rejected []struct {
		Text, Why, Detail string
		Quoted            bool
	}
	Usage struct {
		Prompt     int `json:"prompt_tokens"`
		Completion int `json:"completion_tokens"`
		Calls      int
	}
}

type passageLine struct {
	Rank, Paragraph int
	ID              string
	Score           float64
	Section, Text   string
	Footnotes       []int
}

// searchLine is a line of `search --json`.
type searchLine struct {
	Question string
	Passages []passageLine
}
