// Bench prints the program's retrieval beside plain FTS5 (its default
// tokenizer, the words joined by OR, bm25) and bleve (its standard analyzer,
// and one that folds marks away): how well each finds what answers a question,
// how long that takes, and how much room it needs; and how long the program's
// searches take while it loads another report.
//
//	go run -tags sqlite_fts5 . [flags]
//
// It is a module of its own, so that bleve is no dependency of the program.
// Quality needs the development data (see -shared), which is not in the
// repository; without it only time and size are measured, on passages made of
// the embedded report.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

type options struct {
	shared   string
	sizes    []int // 0: the report's
	rounds   int
	quality  bool
	load     int // bytes loaded in the background; 0: none
	markdown bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var err error
	if job := os.Getenv(jobVariable); job != "" {
		err = work(ctx, job)
	} else {
		err = compare(ctx, parseOptions(), os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parseOptions() options {
	o := options{sizes: []int{0, 10_000, 100_000}}
	flag.StringVar(&o.shared, "shared", "../../../shared", "`folder` of the development data")
	flag.BoolVar(&o.quality, "quality", true, "score the engines on the development data")
	flag.BoolVar(&o.markdown, "md", false, "print Markdown")
	flag.Func("sizes", "passages to time a search among, as `1000,10000`; 0 is as many as the report has (default 0,10000,100000)", func(s string) error {
		o.sizes = nil
		for size := range strings.SplitSeq(s, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(size))
			if err != nil || n < 0 || n > 0 && n < 10 {
				return fmt.Errorf("%q is no number of passages: 0, or 10 and more", size)
			}
			o.sizes = append(o.sizes, n)
		}
		return nil
	})
	flag.IntVar(&o.rounds, "rounds", 1, "`times` that each question is asked; the fastest counts")
	flag.IntVar(&o.load, "load", 20<<20, "`bytes` of a text that is loaded while searches are timed; 0 to leave that out")
	million := flag.Bool("million", false, "also time a search among a million passages")
	flag.Parse()
	o.rounds = max(o.rounds, 1)
	if *million {
		o.sizes = append(o.sizes, 1_000_000)
	}
	return o
}

// compare runs all measurements and prints their tables to w, what it is at to
// progress.
func compare(ctx context.Context, o options, w, progress io.Writer) error {
	m, err := read(ctx, o.shared)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, %s, %d cores, %s%s\n\n", time.Now().Format(time.DateOnly), processor(), runtime.NumCPU(), runtime.Version(), busy())
	switch {
	case !o.quality:
	case m.xquad == nil:
		fmt.Fprintf(w, "Quality is not measured: that needs the development data, which is not in %s.\n\n", o.shared)
	default:
		tables, err := quality(ctx, m, engines)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if err := t.write(w, o.markdown); err != nil {
				return err
			}
		}
	}
	for _, n := range o.sizes {
		if n == 0 {
			n = len(m.report.Passages())
		}
		t, err := timing(ctx, m, engines, n, o, func(line string) { fmt.Fprintln(progress, line) })
		if err != nil {
			return err
		}
		if err := t.write(w, o.markdown); err != nil {
			return err
		}
	}
	if o.load <= 0 {
		return nil
	}
	fmt.Fprintln(progress, "a load in the background")
	t, err := background(ctx, m, o.load)
	if err != nil {
		return err
	}
	return t.write(w, o.markdown)
}

// processor returns the processor's name where the system tells it.
func processor() string {
	info, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	defer info.Close()
	for lines := bufio.NewScanner(info); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ":")
		if slices.Contains([]string{"model name", "Model"}, strings.TrimSpace(name)) {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

// busy says how many processes want the processor, where the system tells it:
// on a machine that does other work too, times are worth less.
func busy() string {
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	return ", load before the run " + strings.Fields(string(load))[0]
}
