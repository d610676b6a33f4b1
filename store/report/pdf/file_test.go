package pdf

import (
	"bytes"
	"fmt"
	"strings"
)

// sheet is a page of a PDF that a test writes, 595 by 842 points, in Helvetica.
type sheet struct {
	content strings.Builder
	links   []string // annotations
}

// print prints text at a place, in the size given, y growing upwards.
func (s *sheet) print(x, y, size float64, text string) *sheet { return s.in("F1", x, y, size, text) }

// bold is print in bold.
func (s *sheet) bold(x, y, size float64, text string) *sheet { return s.in("F2", x, y, size, text) }

func (s *sheet) in(font string, x, y, size float64, text string) *sheet {
	text = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(text)
	fmt.Fprintf(&s.content, "BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", font, size, x, y, text)
	return s
}

// askew prints text turned by 45 degrees.
func (s *sheet) askew(x, y, size float64, text string) *sheet {
	fmt.Fprintf(&s.content, "BT /F1 %g Tf .7071 .7071 -.7071 .7071 %g %g Tm (%s) Tj ET\n", size, x, y, text)
	return s
}

// lines prints lines one under the other, and returns where the next would be.
func (s *sheet) lines(x, y, size float64, lines ...string) float64 {
	for _, l := range lines {
		s.print(x, y, size, l)
		y -= 1.2 * size
	}
	return y
}

// link puts a link on a place.
func (s *sheet) link(x, y, width, height float64, address string) *sheet {
	s.links = append(s.links, fmt.Sprintf("<</Type/Annot/Subtype/Link/Rect[%g %g %g %g]/A<</S/URI/URI(%s)>>>>", x, y, x+width, y+height, address))
	return s
}

// file makes a PDF of sheets. trailer is added to the trailer, as an encryption
// dictionary is; info is the document information.
func file(info, trailer string, sheets ...*sheet) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(content string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), content)
	}
	out.WriteString("%PDF-1.4\n")
	object("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range sheets {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(sheets), kids.String()))
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>")
	object("<<" + info + ">>")
	for i, s := range sheets {
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents %d 0 R/Annots[%s]>>", 7+2*i, strings.Join(s.links, " ")))
		object(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", s.content.Len(), s.content.String()))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R/Info 5 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, trailer, start)
	return out.Bytes()
}
