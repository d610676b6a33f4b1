package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// titleOf returns the title of the report that `check --json` reads.
func titleOf(t *testing.T, p *program, args ...string) string {
	t.Helper()
	return decode[struct{ Title string }](t, p.must(append(args, "check", "--json")...))[0].Title
}

func TestAFlagBeatsTheEnvironmentBeatsTheEnvFile(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("flag.txt", titled("Bản của cờ"))
	p.file("environment.txt", titled("Bản của môi trường"))
	p.file("dotenv.txt", titled("Bản của tệp"))
	if got := titleOf(t, p); !strings.HasPrefix(got, "Lược thuật") {
		t.Errorf("with nothing set %q is read, want the embedded report", got)
	}
	p.file(".env", "# a comment\n\nREPORT=\"dotenv.txt\"\nexport LISTEN=127.0.0.1:1\n")
	if got := titleOf(t, p); got != "Bản của tệp" {
		t.Errorf("with .env %q is read", got)
	}
	mustBeOneLine(t, p.run("health"), exitFailed, "127.0.0.1:1/")
	p.env["REPORT"], p.env["LISTEN"] = "environment.txt", "127.0.0.1:2"
	if got := titleOf(t, p); got != "Bản của môi trường" {
		t.Errorf("with .env and environment %q is read", got)
	}
	mustBeOneLine(t, p.run("health"), exitFailed, "127.0.0.1:2/")
	if got := titleOf(t, p, "--report", "flag.txt"); got != "Bản của cờ" {
		t.Errorf("with .env, environment and flag %q is read", got)
	}
	mustBeOneLine(t, p.run("health", "--listen=127.0.0.1:3"), exitFailed, "127.0.0.1:3/")
	mustBeOneLine(t, p.run("--listen=127.0.0.1:3", "health"), exitFailed, "127.0.0.1:3/")
	if got := decode[struct{ Title string }](t, p.must("check", "--json", "dotenv.txt"))[0].Title; got != "Bản của tệp" {
		t.Errorf("with a PATH %q is read", got)
	}
}

func TestABadEnvFileFailsWithOneLine(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, content, says string }{
		{"no equals sign", "OPENAI_API_KEY " + secretKey + "\n", "NAME=value"},
		{"a quote that does not end", "OPENAI_API_KEY=\"" + secretKey + "\n", "NAME=value"},
		{"binary", "\x00\x01" + secretToken + "\xff", "NAME=value"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newProgram(t)
			p.file(".env", test.content)
			mustBeOneLine(t, p.run("--version"), exitFailed, ".env: ", test.says)
		})
	}
	t.Run("a folder", func(t *testing.T) {
		p := newProgram(t)
		if err := os.Mkdir(filepath.Join(p.dir, ".env"), 0o755); err != nil {
			t.Fatal(err)
		}
		mustBeOneLine(t, p.run("--version"), exitFailed, ".env: ", "is a directory")
	})
	t.Run("empty", func(t *testing.T) {
		p := newProgram(t)
		p.file(".env", "")
		p.must("--version")
	})
}

func TestAReportIsAFileAFolderOrAnAddress(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	folder := filepath.Join(p.dir, "reports")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	older, newer := p.file("reports/older.txt", titled("Bản cũ")), p.file("reports/newer.txt", titled("Bản mới"))
	broken := p.file("reports/broken.txt", "\x00\x01")
	for i, name := range []string{older, newer, broken} { // the newest can't be read
		at := time.Now().Add(time.Duration(i-10) * time.Hour)
		if err := os.Chtimes(filepath.Join(p.dir, name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.StripPrefix("/at/", http.FileServer(http.Dir(folder))))
	defer server.Close()
	for location, want := range map[string]string{
		older: "Bản cũ", filepath.Join(folder, "older.txt"): "Bản cũ",
		"reports": "Bản mới", "./reports/../reports/": "Bản mới",
		server.URL + "/at/newer.txt": "Bản mới",
	} {
		if got := titleOf(t, p, "--report="+location); got != want {
			t.Errorf("at %s %q is read, want %q", location, got, want)
		}
	}
	gone := server.URL + "/at/missing.txt"
	mustBeOneLine(t, p.run("--report", gone, "ask", "why?"), exitFailed, gone, "404")
	mustBeOneLine(t, p.run("check", server.URL+"/at/broken.txt"), exitFailed, server.URL+"/at/broken.txt", "not plain text")
	server.Close()
	mustBeOneLine(t, p.run("load", gone), exitFailed, gone, "refused")
	mustBeOneLine(t, p.run("check", "reports/broken.txt"), exitFailed, "reports/broken.txt")
}
