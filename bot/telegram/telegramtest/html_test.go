package telegramtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// show writes entities short: type, extent, argument.
func show(list []Entity) string {
	var parts []string
	for _, e := range list {
		part := fmt.Sprintf("%s %d+%d", e.Type, e.Offset, e.Length)
		for _, argument := range []string{e.URL, e.Language} {
			if argument != "" {
				part += " " + argument
			}
		}
		if e.UserID != 0 {
			part += fmt.Sprintf(" user %d", e.UserID)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

func TestParseHTML(t *testing.T) {
	tests := []struct {
		name, in, text, entities string
	}{
		{"plain", "xin chào", "xin chào", ""},
		{"named references", "&lt;a&gt; &amp; &quot;b&quot;", `<a> & "b"`, ""},
		{"without semicolon", "&lt&gt &ampx", "<> &ampx", ""},
		{"other references stay", "&nbsp;&apos;&AMP; & &;", "&nbsp;&apos;&AMP; & &;", ""},
		{"numeric references", "&#65;&#x42;&#128512;&#0;&#12345678;", "AB😀&#0;&#12345678;", ""},
		{"UTF-16 offsets", "😀 <b>đậm</b>", "😀 đậm", "bold 3+3"},
		{"all the simple ones", "<b>a</b> <strong>a</strong> <i>a</i> <em>a</em> <u>a</u> <ins>a</ins> <s>a</s> <strike>a</strike> <del>a</del> <tg-spoiler>a</tg-spoiler> <span class=\"tg-spoiler\">a</span>",
			"a a a a a a a a a a a",
			"bold 0+1, bold 2+1, italic 4+1, italic 6+1, underline 8+1, underline 10+1, strikethrough 12+1, strikethrough 14+1, strikethrough 16+1, spoiler 18+1, spoiler 20+1"},
		{"tags in capitals", "<B>x</b> <I>y</I>", "x y", "bold 0+1, italic 2+1"},
		{"neighbours merge", "<b>a</b><b>b</b>", "ab", "bold 0+2"},
		{"nested", "<b>a <i>b</i> c</b>", "a b c", "bold 0+5, italic 2+1"},
		{"nameless end tag", "<b>x</>", "x", "bold 0+1"},
		{"empty entity", "x<b></b>", "x", ""},
		{"blank entity", "x <b> </b>y", "x  y", ""},
		{"trimmed", "\n <b> x </b> \n", "x", "bold 0+1"},
		{"trailing space stays inside", "<b>x </b>y", "x y", "bold 0+2"},
		{"control characters", "a\tb\r\nc\x01d", "a b\nc d", ""},
		{"link", `<a href="https://example.com/a?b=1&amp;c=2">x</a>`, "x", "text_link 0+1 https://example.com/a?b=1&c=2"},
		{"link in single quotes", `<a href='https://example.com'>x</a>`, "x", "text_link 0+1 https://example.com/"},
		{"link by its text", "<a>example.com</a>", "example.com", "text_link 0+11 http://example.com/"},
		{"link without scheme, host in capitals", `<a href="EXAMPLE.com/X y">x</a>`, "x", "text_link 0+1 http://example.com/X%20y"},
		{"host without dot", `<a href="http://localhost:8080/">x</a>`, "x", ""},
		{"other scheme", `<a href="javascript:alert(1)">x</a> <a href="ftp://a.b">y</a>`, "x y", ""},
		{"IPv6 and port", `<a href="http://[::1]:80/">x</a>`, "x", "text_link 0+1 http://[::1]:80/"},
		{"person", `<a href="tg://user?id=7">x</a>`, "x", "text_mention 0+1 user 7"},
		{"link in a link", `<a href="https://a.com">a <a href="https://b.com">b</a></a>`, "a b", "text_link 0+3 https://a.com/"},
		{"bold in a link", `<a href="https://a.com">a <b>b</b></a>`, "a b", "text_link 0+3 https://a.com/, bold 2+1"},
		{"link in bold", `<b>a <a href="https://a.com">b</a></b>`, "a b", "bold 0+3, text_link 2+1 https://a.com/"},
		{"quote", "<blockquote>a</blockquote>", "a", "blockquote 0+1"},
		{"expandable quote", "<blockquote expandable>a</blockquote>", "a", "expandable_blockquote 0+1"},
		{"quote in a quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", "blockquote 0+2"},
		{"quote with link and code", `<blockquote>a <code>b</code> <a href="https://a.com">c</a></blockquote>`, "a b c",
			"blockquote 0+5, code 2+1, text_link 4+1 https://a.com/"},
		{"quote in a link", `<a href="https://a.com">a<blockquote>b</blockquote></a>`, "ab", "blockquote 1+1"},
		{"code", "<code>a &lt;b&gt;</code>", "a <b>", "code 0+5"},
		{"bold in code", "<code><b>a</b></code>", "a", "code 0+1"},
		{"code in bold", "<b>a <code>b</code> c</b>", "a b c", "bold 0+2, code 2+1, bold 4+1"},
		{"code in a link", `<a href="https://a.com">a <code>b</code></a>`, "a b", "text_link 0+3 https://a.com/"},
		{"pre with language", `<pre><code class="language-go">x</code></pre>`, "x", "pre 0+1 go"},
		{"code around pre", `<code class="language-go"><pre>x</pre></code>`, "x", "pre 0+1 go"},
		{"language on code alone", `<code class="language-go">x</code>`, "x", "code 0+1"},
		{"unknown attributes", `<b id="x" hidden>y</b>`, "y", "bold 0+1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, entities, err := ParseHTML(test.in)
			if err != nil || text != test.text || show(entities) != test.entities {
				t.Errorf("ParseHTML(%q) = %q, [%s], %v\nwant %q, [%s]", test.in, text, show(entities), err, test.text, test.entities)
			}
		})
	}
}

func TestParseHTMLErrors(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a < b", `Unsupported start tag "" at byte offset 2`},
		{"<p>x</p>", `Unsupported start tag "p" at byte offset 0`},
		{"đ <br/>", `Unsupported start tag "br/" at byte offset 3`},
		{"x <b", "Unclosed start tag at byte offset 2"},
		{"<a href", `Unclosed start tag "a" at byte offset 0`},
		{"<a href=", `Unclosed start tag "a" at byte offset 0`},
		{`<a href="x`, "Unclosed start tag at byte offset 0"},
		{`<a href="x"`, "Unclosed start tag at byte offset 0"},
		{`<a ="x">y</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{`<a href="x"">y</a>`, `Empty attribute name in the tag "a" at byte offset 0`},
		{"<a href=a/b>y</a>", "Unexpected end of name token at byte offset 8"},
		{"<span>x</span>", `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{"x</b>", "Unexpected end tag at byte offset 1"},
		{"<b>x</b", "Unclosed end tag at byte offset 4"},
		{"<b>x</i>", `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"<b><i>x</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"<b>x", `Can't find end tag corresponding to start tag "b"`},
		{`<tg-emoji emoji-id="1">y</tg-emoji>`, `Unsupported start tag "tg-emoji" at byte offset 0`},
		{"&#xD800;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"},
	}
	for _, test := range tests {
		if _, _, err := ParseHTML(test.in); err == nil || err.Error() != "can't parse entities: "+test.want {
			t.Errorf("ParseHTML(%q): %v, want %q", test.in, err, test.want)
		}
	}
	if _, _, err := ParseHTML("a\xffb"); err == nil || err.Error() != "strings must be encoded in UTF-8" {
		t.Errorf("invalid UTF-8: %v", err)
	}
}

func TestLostFormatting(t *testing.T) {
	tests := []struct {
		in   string
		lost int
	}{
		{`<b>a</b> <a href="https://a.com">b</a> <blockquote><code>c</code></blockquote>`, 0},
		{"<b>a <code>b</code> c</b>", 0},
		{"x<b></b> <i> </i>", 0},
		{`<a href="http://localhost/">x</a>`, 1},
		{`<a href="tg://resolve?domain=x">x</a>`, 1},
		{`<a href="https://a.com"><a href="https://b.com">b</a></a>`, 1},
		{"<blockquote>a<blockquote>b</blockquote></blockquote>", 1},
		{"<code><b>a</b></code>", 1},
	}
	for _, test := range tests {
		f, err := parseHTML(test.in)
		if err != nil || len(f.lost) != test.lost {
			t.Errorf("%q loses %q (%v), want %d", test.in, f.lost, err, test.lost)
		}
	}
}

func TestFindEntities(t *testing.T) {
	tests := []struct{ in, want string }{
		{"/start", "bot_command 0+6"},
		{"/ask@report_test_bot why", "bot_command 0+20"},
		{"😀 /ask", "bot_command 3+4"},
		{"đây /ask, và /help.", "bot_command 4+4, bot_command 13+5"},
		{"a/b/c 1/2 <b>/x", ""},
		{"/", ""},
		{"/ask@ab x", ""},
		{"/hỏi", ""},
		{"@bot hi", "mention 0+4"},
		{"(@someone)", "mention 1+8"},
		{"a@b", ""},
		{"write to me@example.com", "email 9+14"},
		{"see https://example.com/a?b#c, or http://x.y.", "url 4+25, url 34+10"},
		{"example.com and report.txt", "url 0+11"},
		{"https://example.com/@name/start", "url 0+31"},
		{"#tag #1 a#b", "hashtag 0+4"},
	}
	for _, test := range tests {
		if got := show(findEntities(test.in)); got != test.want {
			t.Errorf("findEntities(%q) = [%s], want [%s]", test.in, got, test.want)
		}
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{
		"", "<b>x</b>", "&#128512;<i>😀</i>", `<a href='https://a.b/?x=&quot;'>x<b>y</b></a>`, "<blockquote expandable> a\n</blockquote>",
		"<pre><code class=language-go>x</code></pre>", "<b>a<code>b</code>c</b><u><b>d</b>e</u>", "</", "<a href=", "&#x", "<span class=tg-spoiler>\r\u030a</span>",
		"<b><blockquote>a</b></blockquote>", "<s><a>a.b</a><tg-emoji emoji-id='1'>x</tg-emoji></s>", "<tg-time unix=1 format='x'>\u2028y</tg-time>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, entities, err := ParseHTML(in)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || strings.Trim(text, " \n") != text {
			t.Errorf("text %q", text)
		}
		units := utf16.Encode([]rune(text))
		low := func(i int) bool { return i < len(units) && units[i] >= 0xdc00 && units[i] <= 0xdfff }
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.end() > len(units) || low(e.Offset) || low(e.end()) || e.Type == "" {
				t.Fatalf("entity %+v in %q", e, text)
			}
		}
		if !slices.IsSortedFunc(entities, func(a, b Entity) int { return a.Offset - b.Offset }) {
			t.Errorf("not sorted: %s", show(entities))
		}
		for i, a := range entities {
			for _, b := range entities[i+1:] {
				if b.Offset < a.end() && b.end() > a.end() {
					t.Errorf("%q: %s and %s overlap", in, show([]Entity{a}), show([]Entity{b}))
				}
				inside := b.Offset < a.end()
				if inside && (isPre(a.Type) || a.Type == "text_link" && b.Type == "text_link" || isQuote(a.Type) && isQuote(b.Type)) {
					t.Errorf("%q: %s in %s", in, show([]Entity{b}), show([]Entity{a}))
				}
			}
		}
	})
}
