package main

import (
	"os"
	"path/filepath"

	"reportbot/store"
	"reportbot/store/report/pdf"
)

// readPDFCommand is the child process that reads PDFs.
type readPDFCommand struct {
	CacheDir string `arg:"" optional:"" help:"The folder of the library's compiled code."`
}

// Run reads one PDF. The parent process applies the timeout.
func (c *readPDFCommand) Run(env *environment) error {
	return pdf.RunChild(env.ctx, c.CacheDir, env.in, env.out)
}

// readPDFsApart makes this program read PDFs in child processes. The compiled code of
// the PDF library is cached next to the store, or without a store in the user's cache
// folder.
func (o *Options) readPDFsApart() {
	program, err := os.Executable()
	if err != nil {
		return // PDFs are read in this process
	}
	p := pdf.Process{Command: []string{program, "read-pdf"}}
	if path, err := filepath.Abs(o.storePath()); err == nil && o.storePath() != store.Memory {
		folder, _ := os.Stat(filepath.Dir(path))
		_, missing := os.Stat(path)
		if folder != nil && (o.DB != "" || missing == nil) {
			p.CacheDirs = append(p.CacheDirs, path+"-pdf")
		}
	}
	p.CacheDirs = append(p.CacheDirs, pdf.UserCacheDir())
	pdf.SetProcess(p)
}
