package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"golang.org/x/text/unicode/norm"
)

// textPage is the text of a page as PDFium has found it.
type textPage struct {
	*library
	text references.FPDF_TEXTPAGE
}

// chars returns the characters of a page. The library's call for that finds their
// boxes fast, but asks for the font of each, which took half of the time: the font
// and the line of writing are asked where they may change.
func (l *library) chars(page requests.Page) ([]char, error) {
	found, err := l.instance.GetPageTextStructured(&requests.GetPageTextStructured{Page: page, Mode: requests.GetPageTextStructuredModeChars})
	if err != nil {
		return nil, err
	}
	opened, err := l.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, err
	}
	t := textPage{l, opened.TextPage}
	defer func() {
		_, _ = l.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: t.text})
	}()
	chars := make([]char, 0, len(found.Chars))
	for i, c := range found.Chars {
		if c.Text == "" || c.Text == "\r" {
			continue
		}
		box := c.PointPosition
		now := char{text: c.Text, left: box.Left, right: box.Right, bottom: box.Bottom, top: box.Top, base: box.Bottom, angle: c.Angle}
		if !isSpace(now.text) {
			var before *char
			if len(chars) > 0 {
				before = &chars[len(chars)-1]
			}
			t.setPosition(&now, before, i)
		}
		chars = append(chars, now)
	}
	return chars, nil
}

// setPosition sets how a character is printed, and on which line of writing. What it
// surely has in common with the one before it is not asked.
func (t textPage) setPosition(c, before *char, index int) {
	if before != nil && sameFont(*before, *c) {
		c.size, c.bold = before.size, before.bold
	} else {
		c.size, c.bold = t.font(index)
	}
	if before != nil && sameRun(*before, *c) {
		c.base = before.base
		return
	}
	if origin, err := t.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: t.text, Index: index}); err == nil {
		c.base = origin.Y
		if math.Abs(math.Sin(c.angle)) > .7 {
			c.base = origin.X
		}
	}
}

// font returns the printed size of a character, and whether it is bold.
func (t textPage) font(index int) (size float64, bold bool) {
	if answer, err := t.instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: t.text, Index: index}); err == nil {
		size = answer.FontSize
	}
	if answer, err := t.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: t.text, Index: index}); err == nil {
		size *= math.Hypot(float64(answer.Matrix.C), float64(answer.Matrix.D))
	}
	if answer, err := t.instance.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: t.text, Index: index}); err == nil && answer.FontWeight >= boldWeight {
		return size, true
	}
	answer, err := t.instance.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: t.text, Index: index})
	return size, err == nil && isBold(answer.FontName)
}

// boldWeight is the least weight of a bold font.
const boldWeight = 600

func isBold(font string) bool {
	font = strings.ToLower(font)
	return strings.Contains(font, "bold") || strings.Contains(font, "black") || strings.Contains(font, "heavy")
}

// sameFont reports whether a character surely has the font of the one before it: it
// is a letter after a letter or a figure after a figure, of one word, and neither
// raised, lowered nor of another size.
func sameFont(before, now char) bool {
	if isSpace(before.text) || before.size <= 0 || before.angle != now.angle || math.Abs(math.Sin(now.angle)) > maxSkew {
		return false
	}
	size, height := before.size, now.top-now.bottom
	if now.left-before.right > .12*size || before.left-now.left > .5*size {
		return false // not of one word
	}
	if mayBeRaised(now.text) && mayBeRaised(before.text) || now.text == before.text {
		return math.Abs(before.bottom-now.bottom)+math.Abs(before.top-now.top) < .1*size
	}
	was, _ := utf8.DecodeRuneInString(before.text)
	is, _ := utf8.DecodeRuneInString(now.text)
	lowest := before.base - .08*size
	if hasDescender(is) {
		lowest = before.base - .4*size
	}
	return unicode.IsLetter(was) && unicode.IsLetter(is) && (was < firstIdeograph) == (is < firstIdeograph) && height > .35*size && height < 1.3*size &&
		now.bottom > lowest && now.bottom < before.base+.06*size
}

// firstIdeograph is where the scripts of East Asia begin, which have fonts of their own.
const firstIdeograph = 0x2e80

// hasDescender reports whether a letter goes below the line of writing.
func hasDescender(r rune) bool {
	return strings.ContainsRune("gjpqyQJçşţфрудщцўβγζημξρφχψ", r) || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		strings.ContainsRune(norm.NFD.String(string(r)), '\u0323')
}

// sameRun reports whether two characters, of which the second follows the
// first, surely stand on one line of writing.
func sameRun(a, b char) bool {
	return !isSpace(a.text) && a.size == b.size && a.angle == b.angle && a.bold == b.bold && !mayBeRaised(b.text) &&
		math.Abs(a.bottom-b.bottom) < a.size/2 && math.Abs(a.left-b.left) < 2*a.size
}

// mayBeRaised reports whether a character may be a footnote's marker.
func mayBeRaised(s string) bool { return strings.Contains("0123456789*†‡§", s) }

func isSpace(s string) bool { return s == " " || s == "\n" || s == "\t" || s == "\u00a0" }
