package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"reportbot/store/report/pdf"
)

// bridgePDF is a report as LibreOffice prints it.
var bridgePDF = filepath.Join("..", "..", "store", "report", "testdata", "formats", "bridge.pdf")

// withPDFs returns a program whose cache already has the compiled PDF library.
func withPDFs(t *testing.T) *program {
	t.Helper()
	skipShort(t)
	p := newProgram(t)
	if dir := pdf.UserCacheDir(); dir != "" {
		p.env["XDG_CACHE_HOME"] = filepath.Dir(filepath.Dir(dir))
	}
	if out, err := exec.CommandContext(t.Context(), binary, "read-pdf", pdf.UserCacheDir()).CombinedOutput(); err != nil {
		t.Fatalf("the PDF library isn't compiled: %v\n%s", err, out)
	}
	data, err := os.ReadFile(bridgePDF)
	if err != nil {
		t.Fatal(err)
	}
	p.file("bridge.pdf", string(data))
	return p
}

func TestAPDFIsReadInAChildProcess(t *testing.T) {
	t.Parallel()
	p := withPDFs(t)
	var checked struct {
		Title     string
		Sentences int
		Footnotes []struct{ Links []string }
	}
	if err := json.Unmarshal([]byte(p.must("check", "--json", "bridge.pdf")), &checked); err != nil {
		t.Fatal(err)
	}
	if checked.Title != "Hồ sơ cầu Sông Mây" || checked.Sentences != 13 || len(checked.Footnotes) != 13 || len(checked.Footnotes[1].Links) != 3 {
		t.Errorf("read as %+v", checked)
	}
	p.must("load", "--db", "bridge.db", "bridge.pdf")
	if out := p.must("ask", "--db", "bridge.db", "Cầu Sông Mây dài bao nhiêu mét?"); !strings.Contains(out, "1.240 mét và nối hai bờ huyện Thạch Lâm.” (tr. 1)") {
		t.Errorf("answered\n%s", out)
	}
	var found struct{ Passages []struct{ Page int } }
	if err := json.Unmarshal([]byte(p.must("search", "--json", "--db", "bridge.db", "trạm cân xe ở bờ nam")), &found); err != nil {
		t.Fatal(err)
	}
	if len(found.Passages) == 0 || found.Passages[0].Page != 2 {
		t.Errorf("found %+v", found)
	}
}

func TestAPDFThatCantBeReadIsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	p := withPDFs(t)
	p.file("cut.pdf", "%PDF-1.7\n1 0 obj <<")
	p.file("named.pdf", "Không phải là PDF.\n")
	for name, want := range map[string]string{
		"cut.pdf":   "reportbot: cut.pdf: the file is cut off or damaged: make or fetch it again\n",
		"named.pdf": "reportbot: named.pdf: the file is no PDF, though its name ends in \".pdf\"\n",
	} {
		if r := p.run("check", name); r.status != exitFailed || r.err != want {
			t.Errorf("%s: status %d, %q", name, r.status, r.err)
		}
	}
}
