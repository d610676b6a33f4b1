package report

import (
	"strings"
	"testing"
)

const wordLists = `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>` +
	`<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num></w:numbering>`

// numberedParagraph is a paragraph of a list.
func numberedParagraph(list, level, words string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr>` + run(words) + `</w:p>`
}

func TestWordListNumbers(t *testing.T) {
	text := wordText(styled("Ten", run("T")), styled("", run("Một câu dài vừa đủ để là một đoạn văn bình thường ở đây.")),
		numberedParagraph("5", "0", "Chi phí"), numberedParagraph("5", "1", "Tổng kinh phí là 865 tỷ."), numberedParagraph("5", "2", "Tỉnh góp 300 tỷ;"),
		numberedParagraph("5", "2", "Quỹ góp phần còn lại."), numberedParagraph("5", "1", "Không có khoản chi sai."), numberedParagraph("6", "0", "Một ý."), numberedParagraph("5", "0", "Kết luận"))
	r, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": text, "word/numbering.xml": wordLists}))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "paragraphs", paragraphs(r)[1:], []string{"1. Chi phí", "1.1. Tổng kinh phí là 865 tỷ.", "a) Tỉnh góp 300 tỷ;", "b) Quỹ góp phần còn lại.",
		"1.2. Không có khoản chi sai.", "Một ý.", "2. Kết luận"})
}

// Lists of one definition are counted together, unless one begins anew; a
// paragraph's own list may stand before its style, which may be based on another.
func TestListsWithASharedDefinition(t *testing.T) {
	lists := strings.Replace(wordLists, "</w:numbering>", `<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>`+
		`<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num></w:numbering>`, 1)
	styles := `<w:styles xmlns:w="w"><w:style w:styleId="Dieu"><w:name w:val="Điều"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>` +
		`<w:style w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Dieu"/></w:style></w:styles>`
	before := `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="8"/></w:numPr><w:pStyle w:val="Gon"/></w:pPr>` + run("Ba.") + `</w:p>`
	text := wordText(styled("Ten", run("T")), styled("", run("Một câu dài vừa đủ để là một đoạn văn bình thường ở đây.")),
		numberedParagraph("5", "0", "Một."), numberedParagraph("7", "0", "Hai."), before, numberedParagraph("8", "0", "Bốn."), styled("Con", run("Lại ba.")))
	r, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": text, "word/numbering.xml": lists, "word/styles.xml": styles}))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "paragraphs", paragraphs(r)[1:], []string{"1. Một.", "2. Hai.", "3. Ba.", "4. Bốn.", "3. Lại ba."})
}

func TestTableOfContentsIsSkipped(t *testing.T) {
	styles := `<w:styles xmlns:w="w"><w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>`
	text := wordText(styled("Ten", run("T")), styled("TOC1", run("Mở đầu"), `<w:r><w:tab/></w:r>`, run("1")), styled("", run("Cầu dài.")))
	r, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": text, "word/styles.xml": styles}))
	if err != nil {
		t.Fatal(err)
	}
	if got := wholeReading(r); strings.Contains(got, "Mở đầu") || !strings.Contains(got, "Cầu dài.") {
		t.Errorf("read %s", got)
	}
}

func TestWordFileOfPicturesIsRefused(t *testing.T) {
	_, err := Read("a.docx", wordFile(t, map[string]string{"word/document.xml": wordText(`<w:p><w:r><w:drawing/></w:r></w:p>`)}))
	if err == nil || !strings.Contains(err.Error(), "only pictures") {
		t.Errorf("%v", err)
	}
}

func TestRomanNumerals(t *testing.T) {
	for n, want := range map[int]string{1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 1999: "MCMXCIX", 0: "0", 4000: "4000"} {
		if got := romanNumeral(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
