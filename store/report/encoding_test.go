package report

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// A server's word on the encoding goes before the page's, a byte order mark before
// both.
func TestEncodings(t *testing.T) {
	const sentence = "Cầu dài ba trăm mét và nối hai bờ của con sông."
	in := func(name, written string) string {
		e, _ := charset.Lookup(name)
		encoded, err := e.NewEncoder().String(written)
		if err != nil {
			t.Fatal(name, err)
		}
		return encoded
	}
	vietnamese := strings.NewReplacer("ầ", "â\u0300", "ố", "ô\u0301", "ờ", "ơ\u0300", "ủ", "u\u0309").Replace(sentence) // as Windows writes it
	late := "<script>" + strings.Repeat("x", 2000) + "</script>"
	for _, test := range []struct{ name, path, mediaType, body string }{
		{"text in Windows 1258", "/a.txt", "text/plain; charset=windows-1258", in("windows-1258", "Bài\n\n"+vietnamese)},
		{"text in UTF-16 without a mark", "/a.txt", "text/plain; charset=utf-16", in("utf-16le", "Bài\n\n"+sentence)},
		{"text in UTF-16 with a mark", "/a.txt", "text/plain; charset=windows-1252", "\xff\xfe" + in("utf-16le", "Bài\n\n"+sentence)},
		{"text without an ending", "/a", "text/plain; charset=windows-1258", in("windows-1258", "Bài\n\n"+vietnamese)},
		{"Markdown", "/a.md", "text/markdown; charset=Windows-1258", in("windows-1258", "# Bài\n\n"+vietnamese)},
		{"a page by its server", "/a", "text/html; charset=windows-1258", in("windows-1258", "<h1>Bài</h1><p>"+vietnamese)},
		{"a page that says otherwise", "/a.html", "text/html; charset=utf-8", "<meta charset=windows-1252><h1>Bài</h1><p>" + sentence},
		{"a page by its own word", "/a.html", "text/html", "<meta charset=windows-1258>" + in("windows-1258", "<h1>Bài</h1><p>"+vietnamese)},
		{"a page that a program saved anew as UTF-8", "/a.html", "text/html", "<meta charset=gb2312><h1>Bài</h1><p>" + sentence},
		{"a page that says so late", "/a.html", "text/html", "<html><head>" + late + `<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">` + in("windows-1258", "<h1>Bài</h1><p>"+vietnamese)},
		{"a page of XML", "/a.xhtml", "application/xhtml+xml", `<?xml version="1.0" encoding="windows-1258"?><html>` + in("windows-1258", "<h1>Bài</h1><p>"+vietnamese+"</p></html>")},
		{"a page with a mark", "/a.html", "text/html; charset=windows-1252", "\ufeff<meta charset=windows-1258><h1>Bài</h1><p>" + sentence},
		{"an encoding that nobody knows", "/a.txt", "text/plain; charset=x-none", "Bài\n\n" + sentence},
		{"a server that is wrong", "/a.txt", "text/plain; charset=utf-16", "Bài\n\n" + sentence},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.mediaType)
				_, _ = w.Write([]byte(test.body)) // a client that left fails the test itself
			}))
			defer server.Close()
			source, err := Open(t.Context(), server.URL+test.path)
			if err != nil {
				t.Fatal(err)
			}
			if got := wholeReading(source.Report); got != sentence+" {}" {
				t.Errorf("read %q", got)
			}
		})
	}
}
