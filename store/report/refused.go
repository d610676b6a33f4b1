package report

import (
	"bytes"
	"errors"

	"reportbot/store/report/pdf"
)

// Reason is why a file is refused.
type Reason string

const (
	Encrypted     Reason = "encrypted"
	OnlyPictures  Reason = "pictures"
	Damaged       Reason = "damaged"
	Macros        Reason = "macros"
	TooMuch       Reason = "too_much" // memory, time or text
	ForeignFormat Reason = "format"   // one that isn't read
)

// Way is what the sender can do about a file in an unsupported format.
type Way string

const (
	SaveAsWord Way = "docx"
	SaveAsPDF  Way = "pdf"
	SaveAsEPUB Way = "epub"
	SaveAsHTML Way = "html"
	SendText   Way = "text"
	Unpack     Way = "unpack"
)

// RefusedError is why a file can't be read as a report, and what the sender can do.
type RefusedError struct {
	Reason Reason
	Format string // of ForeignFormat: a name that needs no translation
	Way    Way    // of ForeignFormat
}

func (e *RefusedError) Error() string {
	if e.Reason != ForeignFormat {
		return refusals[e.Reason]
	}
	return "the file is in a format that isn't read, " + e.Format + ": " + ways[e.Way]
}

var (
	refusals = map[Reason]string{
		Encrypted:    "the file is encrypted: save it without a password",
		OnlyPictures: "the file holds only pictures, as a scan does: make it searchable by OCR, or save the text as .docx or .txt",
		Damaged:      "the file is cut off or damaged: make or fetch it again",
		Macros:       "the file holds macros, which are never read: save it as .docx without them",
		TooMuch:      "the file takes too much memory or time to read: save it with another program, or as .docx",
	}
	ways = map[Way]string{
		SaveAsWord: "save it as .docx", SaveAsPDF: "save it as PDF or .docx", SaveAsEPUB: "convert it to .epub", SaveAsHTML: "save the page as .html",
		SendText: "take its text, as PDF, .docx or .txt", Unpack: "unpack it and take the report in it",
	}
)

var (
	errMacros    = &RefusedError{Reason: Macros}
	errEncrypted = &RefusedError{Reason: Encrypted}
	errDamaged   = &RefusedError{Reason: Damaged}
	errPictures  = &RefusedError{Reason: OnlyPictures}
)

// refusedPDF converts an error of package pdf.
func refusedPDF(err error) error {
	for known, reason := range map[error]Reason{
		pdf.ErrEncrypted: Encrypted, pdf.ErrPictures: OnlyPictures, pdf.ErrDamaged: Damaged, pdf.ErrTooMuch: TooMuch, pdf.ErrTooLong: TooMuch,
	} {
		if errors.Is(err, known) {
			return &RefusedError{Reason: reason}
		}
	}
	return err
}

// unsupportedFormats are the first bytes of files in unsupported formats.
var unsupportedFormats = []struct {
	at     int
	begin  string
	format string
	way    Way
}{
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office 97-2003 (.doc, .xls, .ppt)", SaveAsWord},
	{0, `{\rtf`, "RTF", SaveAsWord},
	{0, "%!PS", "PostScript", SaveAsPDF},
	{0, "\xffWPC", "WordPerfect", SaveAsWord},
	{60, "BOOKMOBI", "Kindle (.mobi, .azw)", SaveAsEPUB},
	{60, "TEXtREAd", "PalmDoc", SaveAsEPUB},
	{0, "AT&TFORM", "DjVu", SaveAsPDF},
	{0, "bplist00", "Safari (.webarchive)", SaveAsHTML},
	{0, "ITSF", "CHM", SaveAsHTML},
	{0, "\x89PNG", "PNG", SendText},
	{0, "\xff\xd8\xff", "JPEG", SendText},
	{0, "GIF8", "GIF", SendText},
	{0, "II*\x00", "TIFF", SendText},
	{0, "MM\x00*", "TIFF", SendText},
	{0, "RIFF", "RIFF (.webp, .wav)", SendText},
	{4, "ftypheic", "HEIC", SendText},
	{4, "ftyp", "MP4", SendText},
	{0, "ID3", "MP3", SendText},
	{0, "OggS", "Ogg", SendText},
	{0, "Rar!\x1a\x07", "RAR", Unpack},
	{0, "7z\xbc\xaf\x27\x1c", "7-Zip", Unpack},
	{0, "\x1f\x8b", "gzip", Unpack},
	{0, "BZh91AY&SY", "bzip2", Unpack},
	{0, "\xfd7zXZ\x00", "xz", Unpack},
	{257, "ustar", "tar", Unpack},
	{0, "SQLite format 3\x00", "SQLite", SendText},
}

// checkUnsupported refuses a file whose first bytes are those of an unsupported format.
func checkUnsupported(data []byte) error {
	// A text may begin with the same letters as a binary file.
	binary := bytes.IndexByte(data[:min(len(data), 512)], 0) >= 0
	for _, f := range unsupportedFormats {
		if plain := f.format == "RTF" || f.format == "PostScript" || f.format == "bzip2"; !plain && !binary {
			continue
		}
		if len(data) > f.at && bytes.HasPrefix(data[f.at:], []byte(f.begin)) {
			return &RefusedError{Reason: ForeignFormat, Format: f.format, Way: f.way}
		}
	}
	head := bytes.ToLower(data[:min(len(data), 2048)])
	if bytes.Contains(head, []byte("mime-version:")) && bytes.Contains(head, []byte("multipart/related")) {
		return &RefusedError{Reason: ForeignFormat, Format: "MHTML", Way: SaveAsHTML}
	}
	return nil
}
