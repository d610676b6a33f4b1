package console

import (
	"cmp"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"reportbot/bot/correction"
	"reportbot/store"
	"reportbot/store/reload"
)

// versionsJSON is what `versions --json` prints, newest first.
type versionsJSON struct {
	Versions []editionJSON `json:"versions"`
}

// editionJSON is one edition. Times are RFC 3339 in UTC.
type editionJSON struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	Date       string `json:"date"`
	Source     string `json:"source"`
	SHA256     string `json:"sha256"`
	LoadedAt   string `json:"loaded_at"`
	LoadedBy   string `json:"loaded_by"` // an admin's id, "shell", or empty
	Live       bool   `json:"live"`
	LiveSince  string `json:"live_since"` // empty unless it is live
	Staged     bool   `json:"staged"`
	Sections   int    `json:"sections"`
	Paragraphs int    `json:"paragraphs"`
	Sentences  int    `json:"sentences"`
	Passages   int    `json:"passages"`
	Footnotes  int    `json:"footnotes"`
}

// statusJSON is what `status --json` prints.
type statusJSON struct {
	Store      string        `json:"store"`
	Bytes      int64         `json:"bytes"`
	Version    string        `json:"version"` // of the program
	Live       *editionJSON  `json:"live"`    // null: nothing is loaded
	Editions   int           `json:"editions"`
	Staged     int           `json:"staged"`
	Unanswered int           `json:"unanswered"` // of the last 90 days
	Waiting    int           `json:"waiting"`    // unprocessed updates
	Integrity  integrityJSON `json:"integrity"`
	Holder     *Holder       `json:"holder,omitempty"` // nil: the bot is not shared
}

// Holder is the holder of the lease of a bot that several processes share.
type Holder struct {
	Name  string `json:"name"` // empty: nobody
	Since string `json:"since"`
	Here  bool   `json:"here"` // the name is this machine's
	// Behind is the replica's lag in seconds at the last renewal; nil: no replica.
	Behind *float64 `json:"replica_behind_s,omitempty"`
}

// integrityJSON is the result of an integrity check of the store.
type integrityJSON struct {
	At    string `json:"at"`
	OK    bool   `json:"ok"`
	Fault string `json:"fault"`
}

// loadedJSON is the output of `load --json`. The comparison is null if no edition was
// live before.
type loadedJSON struct {
	Edition    editionJSON     `json:"edition"`
	Comparison *comparisonJSON `json:"comparison"`
	Warnings   []string        `json:"warnings"`
	Integrity  integrityJSON   `json:"integrity"`
	Corrects   correctsJSON    `json:"corrects"`
}

// correctsJSON is how many sent answers an edition corrects.
type correctsJSON struct {
	Otherwise int `json:"otherwise"` // answers that the edition contradicts
	Again     int `json:"again"`     // corrected answers with which it agrees again
}

// Loaded returns the JSON form of a load.
func Loaded(out *reload.Outcome, count correction.Count) loadedJSON {
	wire := loadedJSON{
		Edition: edition(out.Live), Warnings: present(out.Warnings), Integrity: integrity(out.Integrity), Corrects: correctsJSON(count),
	}
	if out.Comparison != nil {
		comparison := Comparison(out.Before.ID, out.Live.ID, out.Comparison)
		wire.Comparison = &comparison
	}
	return wire
}

func integrity(checked store.Integrity) integrityJSON {
	return integrityJSON{At: timestamp(checked.At), OK: checked.Fault == "", Fault: checked.Fault}
}

// Versions returns the JSON form of editions.
func Versions(editions []*store.Edition) versionsJSON {
	return versionsJSON{mapped(editions, edition)}
}

func edition(e *store.Edition) editionJSON {
	wire := editionJSON{
		ID: e.ID, Title: e.Title, Date: e.Date, Source: e.Source, SHA256: e.SHA256,
		LoadedAt: timestamp(e.LoadedAt), LoadedBy: e.LoadedBy, Live: e.Live(), Staged: e.Staged,
		Sections: len(e.Sections), Paragraphs: e.Paragraphs, Sentences: e.Sentences, Passages: e.Passages, Footnotes: e.Footnotes,
	}
	if e.Live() {
		wire.LiveSince = timestamp(e.LiveSince)
	}
	return wire
}

func timestamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// Status returns the JSON form of a store's state; live is nil if nothing is
// loaded.
func Status(path, version string, live *store.Edition, stats store.Stats, checked store.Integrity) statusJSON {
	wire := statusJSON{
		Store: path, Bytes: stats.Bytes, Version: version, Editions: stats.Editions, Staged: stats.Staged,
		Unanswered: stats.Unanswered, Waiting: stats.Waiting,
		Integrity: integrity(checked),
	}
	if live != nil {
		e := edition(live)
		wire.Live = &e
	}
	return wire
}

// minutes is the layout of printed times, in the local zone.
const minutes = "2006-01-02 15:04"

// WriteVersions prints editions, one a line.
func WriteVersions(out io.Writer, editions []*store.Edition) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, e := range editions {
		state := "kept"
		switch {
		case e.Live():
			state = "live"
		case e.Staged:
			state = "staged"
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, state, e.LoadedAt.Format(minutes),
			loader(e), Count(e.Paragraphs, "paragraph"), Count(e.Footnotes, "note"), cmp.Or(e.Title, "(untitled)"))
	}
	return table.Flush()
}

// loader describes who loaded an edition.
func loader(e *store.Edition) string { return "by " + cmp.Or(e.LoadedBy, "itself") }

// WriteStatus prints a store's state.
func WriteStatus(out io.Writer, s statusJSON, live *store.Edition) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "store\t%s, %.1f MB\n", s.Store, float64(s.Bytes)/1e6)
	if live == nil {
		fmt.Fprintf(table, "live\tnothing: run `reportbot load`\n")
	} else {
		fmt.Fprintf(table, "live\tedition %d since %s: %s\n", live.ID, live.LiveSince.Format(minutes), cmp.Or(live.Title, "(untitled)"))
		fmt.Fprintf(table, "\t%s, loaded %s %s\n", live.Source, live.LoadedAt.Format(minutes), loader(live))
		fmt.Fprintf(table, "\t%s\n", counts(len(live.Sections), live.Paragraphs, live.Sentences, live.Passages, live.Footnotes))
	}
	fmt.Fprintf(table, "editions\t%d, of them %d staged\n", s.Editions, s.Staged)
	fmt.Fprintf(table, "questions\t%d unanswered in 90 days, %s waiting\n", s.Unanswered, Count(s.Waiting, "update"))
	fmt.Fprintf(table, "checked\t%s\n", cmp.Or(s.Integrity.Fault, "whole"))
	if h := s.Holder; h != nil {
		fmt.Fprintf(table, "holder\t%s since %s\n", cmp.Or(h.Name, "nobody"), h.Since)
		if h.Behind != nil {
			fmt.Fprintf(table, "replica\t%.0f s behind\n", *h.Behind)
		}
	}
	fmt.Fprintf(table, "version\t%s\n", s.Version)
	return table.Flush()
}
