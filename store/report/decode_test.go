package report

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// inUTF16 encodes s with a byte order mark.
func inUTF16(order binary.AppendByteOrder, s string) string {
	encoded := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(s)) {
		encoded = order.AppendUint16(encoded, unit)
	}
	return string(encoded)
}

func TestDecode(t *testing.T) {
	const text = "Bài viết\n1/11/2024\nTriều Tiên gửi gạo. [1]\nLào mua. 🙂\n[1] https://a.com/1"
	nfd := strings.NewReplacer("Triều", "Trie\u0302\u0300u", "Tiên", "Tie\u0302n", "à", "a\u0300", "ế", "e\u0302\u0301", "ử", "u\u031b\u0309", "ạ", "a\u0323")
	for name, data := range map[string]string{
		"line feeds":                text,
		"CRLF":                      strings.ReplaceAll(text, "\n", "\r\n"),
		"CR":                        strings.ReplaceAll(text, "\n", "\r"),
		"blank lines":               "\n\n" + strings.ReplaceAll(text, "\n", "\n \n\n") + "\n\n",
		"a byte order mark":         "\ufeff" + text,
		"NFD":                       nfd.Replace(text),
		"UTF-16, little-endian":     inUTF16(binary.LittleEndian, text),
		"UTF-16, big-endian":        inUTF16(binary.BigEndian, text),
		"UTF-16 with CRLF":          inUTF16(binary.LittleEndian, strings.ReplaceAll(text, "\n", "\r\n")),
		"indented":                  "  " + strings.ReplaceAll(text, "\n", "\n\t "),
		"zero-width marks in words": strings.ReplaceAll(text, "gạo", "g\u200bạo"),
		"zero-width marks beside spaces and in markers": strings.NewReplacer(" ", "\u200b ", "[1]", "[\u200b1]").Replace(text),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := Parse([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			if r.Title != "Bài viết" || r.Date != "2024-11-01" {
				t.Errorf("title %q, date %q", r.Title, r.Date)
			}
			same(t, "paragraphs", paragraphs(r), []string{"Triều Tiên gửi gạo.", "Lào mua. 🙂"})
			same(t, "notes", urls(r), []string{"1 https://a.com/1"})
			same(t, "warnings", r.Warnings, nil)
		})
	}
}

func TestBulletAfterAByteOrderMark(t *testing.T) {
	same(t, "paragraphs", paragraphs(read(t, "\ufeff- Gạo", "- Ngô")), []string{"Gạo", "Ngô"})
}

func TestFewInvalidBytesAreReplacedWithAWarning(t *testing.T) {
	text := strings.Repeat("Một câu dài vừa phải về mùa màng. ", 20)
	for name, line := range map[string]string{"line feeds": "\n", "CR": "\r", "CRLF": "\r\n"} {
		r, err := Parse([]byte("Bài viết" + line + text + line + "Ông Nguy\xe3n và bà L\xea đi." + line + text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := paragraphs(r)[1]; got != "Ông Nguy\ufffdn và bà L\ufffd đi." {
			t.Errorf("%s: read as %q", name, got)
		}
		if want := "line 3: 2 bytes in the file are not UTF-8; shown as \ufffd"; len(r.Warnings) == 0 || r.Warnings[0] != want {
			t.Errorf("%s: warnings %q, want %q", name, r.Warnings, want)
		}
	}
}

func TestNULIsReplacedWithAWarning(t *testing.T) {
	r, err := Parse([]byte("Bài viết\n\nMột câu\x00 về mùa màng ở đây.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := paragraphs(r); len(got) != 1 || got[0] != "Một câu\ufffd về mùa màng ở đây." || !strings.Contains(strings.Join(r.Warnings, " "), "line 3: 1 NUL bytes") {
		t.Errorf("read %q, warnings %q", got, r.Warnings)
	}
}

// Texts from before Unicode say nothing of their encoding; their words do.
func TestLegacyVietnameseEncodings(t *testing.T) {
	const sentence = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc: “Thuyền được đậu ở bến chính của xã, trừ khi mực nước trên bốn mét.”"
	latin1 := map[rune]rune{}
	to := []rune(tcvn3Latin1)
	for i, r := range []rune(tcvn3Vietnamese) {
		latin1[r] = to[i]
	}
	var tcvn []byte
	for _, r := range strings.NewReplacer("“", `"`, "”", `"`).Replace(sentence) {
		if c, found := latin1[r]; found {
			r = c
		}
		tcvn = append(tcvn, byte(r))
	}
	marks := strings.NewReplacer("ộ", "ô\u0323", "ò", "o\u0300", "ủ", "u\u0309", "ĩ", "i\u0303", "ệ", "ê\u0323", "ậ", "â\u0323", "ự", "ư\u0323", "ạ", "a\u0323",
		"ề", "ê\u0300", "ợ", "ơ\u0323", "ở", "ơ\u0309", "ế", "ê\u0301", "í", "i\u0301", "ã", "a\u0303", "ừ", "ư\u0300", "ướ", "ươ\u0301", "ố", "ô\u0301").Replace(sentence)
	windows, err := charmap.Windows1258.NewEncoder().String(marks)
	if err != nil {
		t.Fatal(err)
	}
	for name, encoded := range map[string]string{"TCVN 5712-3": string(tcvn), "Windows-1258": windows} {
		for file, data := range map[string]string{"a.txt": encoded, "a.md": encoded, "a.html": "<p>" + encoded} {
			r, err := Read(file, []byte(data))
			if err != nil {
				t.Errorf("%s in %s: %v", file, name, err)
				continue
			}
			if got := strings.NewReplacer("“", `"`, "”", `"`).Replace(paragraphs(r)[0]); got != strings.NewReplacer("“", `"`, "”", `"`).Replace(sentence) {
				t.Errorf("%s in %s is read as %s", file, name, got)
			}
		}
	}
}

func TestBinaryDataIsRefused(t *testing.T) {
	text := strings.Repeat("Một câu về mùa màng. ", 50)
	for name, data := range map[string]string{
		"many bytes that are no UTF-8":   strings.Repeat("L'\xe9t\xe9 pass\xe9 ", 50),
		"a NUL in a binary":              "\x7fELF\x02\x01\x00\x00" + text,
		"UTF-16 without its mark":        inUTF16(binary.LittleEndian, text)[2:],
		"UTF-32":                         "\xff\xfe\x00\x00M\x00\x00\x00",
		"a compressed file":              "\x1f\x8b\x08\x08\xd1\xf2\xfe\xff" + strings.Repeat("\xb5\xd3\xe9", 50),
		"a mark of UTF-16 and then junk": "\xff\xfe\x00",
	} {
		if r, err := Parse([]byte(data)); !errors.Is(err, ErrNotText) && !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: read as %+v, %v", name, r, err)
		}
	}
}

func TestWesternText(t *testing.T) {
	r, err := Parse([]byte("Caf\xe9 report\n\nThe caf\xe9 in Besan\xe7on opened in 2021. It\x92s \x93new\x94 and costs 5 \x80.\n"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "paragraphs", paragraphs(r), []string{"The café in Besançon opened in 2021. It’s “new” and costs 5 €."})
	same(t, "warnings", r.Warnings[:1], []string{"the file is not UTF-8; read as Windows-1252"})
	for name, data := range map[string]string{
		"bytes that are no text": "Caf\xe9 \x01\x02\x03 report of\xe9 \xe8",
		"mostly no ASCII":        strings.Repeat("\xcf\xf0\xe8\xe2\xe5\xf2 ", 40), // Windows-1251
		"UTF-16 without a mark":  inUTF16(binary.BigEndian, "B\u00e0i vi\u1ebft")[2:],
	} {
		if _, err := Parse([]byte(data)); !errors.Is(err, ErrNotText) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
