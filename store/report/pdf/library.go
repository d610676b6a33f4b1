package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDFium is the reader of Chromium. Its WebAssembly build needs no C library
// next to the static binary, and can touch nothing but the memory that it is
// given: no files, no network.

// libraryMemory limits PDFium's memory, in pages of 64 KiB.
const libraryMemory = 4096 // 256 MiB

// maxPages limits the pages of a file.
const maxPages = 5000

// maxChars limits the characters of a file.
const maxChars = 20_000_000

// char is one character as it is printed on a page. Boxes are in points, with
// y growing upwards.
type char struct {
	text                     string
	left, right, bottom, top float64
	base                     float64 // of the line of writing
	size                     float64 // of the font
	angle                    float64 // radians, 0 for upright text
	bold                     bool
}

// link is a link annotation that leads out of the file.
type link struct {
	left, right, bottom, top float64
	address                  string
}

// rawPage is a page as read by the library.
type rawPage struct {
	number int // from 1
	chars  []char
	links  []link
}

// metadata is the file's metadata.
type metadata struct {
	title, author, created string // created: a date, 2024-11-01, or empty
}

// library is PDFium, ready to read.
type library struct {
	pool     pdfium.Pool
	instance pdfium.Pdfium
	cache    wazero.CompilationCache // nil without a folder
}

// openLibrary starts PDFium. Compiled code is cached in the folder cacheDir; if that is
// empty, compilation takes 10 to 20 seconds. The caller closes the library.
func openLibrary(ctx context.Context, cacheDir string) (*library, error) {
	l := &library{}
	config := wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(libraryMemory)
	if cacheDir != "" {
		unlock, err := lockCache(ctx, cacheDir)
		if err == nil {
			defer unlock()
			l.cache, err = wazero.NewCompilationCacheWithDir(cacheDir)
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// A folder that can't be used costs time, not the report.
		if err == nil {
			config = config.WithCompilationCache(l.cache)
		}
	}
	var err error
	l.pool, err = webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err == nil {
		l.instance, err = l.pool.GetInstance(maxTime)
	}
	if err != nil {
		l.close()
		return nil, fmt.Errorf("the PDF library does not start: %w", err)
	}
	return l, nil
}

// close releases the library's resources.
func (l *library) close() {
	if l.instance != nil {
		_ = l.instance.Close()
	}
	if l.pool != nil {
		_ = l.pool.Close()
	}
	if l.cache != nil {
		_ = l.cache.Close(context.Background())
	}
}

// read calls visit for each page in order. It fails with ErrEncrypted,
// ErrDamaged or ErrTooLong.
func (l *library) read(ctx context.Context, data []byte, visit func(*rawPage)) (metadata, error) {
	opened, err := l.instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return metadata{}, ErrEncrypted
	case err != nil:
		return metadata{}, ErrDamaged
	}
	document := opened.Document
	defer func() { _, _ = l.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: document}) }()
	count, err := l.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: document})
	if err != nil || count.PageCount == 0 {
		return metadata{}, ErrDamaged
	}
	if count.PageCount > maxPages {
		return metadata{}, ErrTooLong
	}
	chars, unread := 0, 0
	for i := range count.PageCount {
		if ctx.Err() != nil {
			return metadata{}, context.Cause(ctx)
		}
		page, err := l.page(document, i)
		if err != nil {
			unread++
			page = &rawPage{}
		}
		page.number = i + 1
		if chars += len(page.chars); chars > maxChars {
			return metadata{}, ErrTooLong
		}
		visit(page)
	}
	if unread == count.PageCount {
		return metadata{}, ErrDamaged
	}
	return l.metadata(document), nil
}

func (l *library) page(document references.FPDF_DOCUMENT, index int) (*rawPage, error) {
	loaded, err := l.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: document, Index: index})
	if err != nil {
		return nil, err
	}
	defer func() { _, _ = l.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	page := requests.Page{ByReference: &loaded.Page}
	chars, err := l.chars(page)
	if err != nil {
		return nil, err
	}
	return &rawPage{chars: chars, links: l.links(document, page)}, nil
}

// maxLinks limits the links of a page.
const maxLinks = 5000

// links returns the links of a page that lead out of the file.
func (l *library) links(document references.FPDF_DOCUMENT, page requests.Page) []link {
	var links []link
	for at := 0; len(links) < maxLinks; {
		found, err := l.instance.FPDFLink_Enumerate(&requests.FPDFLink_Enumerate{Page: page, StartPos: at})
		if err != nil || found.Link == nil || found.NextStartPos == nil || *found.NextStartPos <= at {
			return links
		}
		at = *found.NextStartPos
		action, err := l.instance.FPDFLink_GetAction(&requests.FPDFLink_GetAction{Link: *found.Link})
		if err != nil || action.Action == nil {
			continue
		}
		to, err := l.instance.FPDFAction_GetURIPath(&requests.FPDFAction_GetURIPath{Document: document, Action: *action.Action})
		if err != nil || to.URIPath == nil {
			continue
		}
		rect, err := l.instance.FPDFLink_GetAnnotRect(&requests.FPDFLink_GetAnnotRect{Link: *found.Link})
		if err != nil || rect.Rect == nil {
			continue
		}
		links = append(links, link{
			left: float64(rect.Rect.Left), right: float64(rect.Rect.Right),
			bottom:  min(float64(rect.Rect.Bottom), float64(rect.Rect.Top)),
			top:     max(float64(rect.Rect.Bottom), float64(rect.Rect.Top)),
			address: strings.TrimSpace(*to.URIPath),
		})
	}
	return links
}

func (l *library) metadata(document references.FPDF_DOCUMENT) metadata {
	value := func(tag string) string {
		answer, err := l.instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: document, Tag: tag})
		if err != nil {
			return ""
		}
		return strings.Join(strings.Fields(answer.Value), " ")
	}
	m := metadata{title: value("Title"), author: value("Author")}
	// D:20241101093000+07'00'
	if created := strings.TrimPrefix(value("CreationDate"), "D:"); len(created) >= 8 {
		if day, err := time.Parse("20060102", created[:8]); err == nil {
			m.created = day.Format("2006-01-02")
		}
	}
	return m
}
