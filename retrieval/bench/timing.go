package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// jobVariable holds, in the environment of a child process, its job.
const jobVariable = "REPORTBOT_BENCH_JOB"

// job is what a child process does: build an index, or open it and search.
// Each has a process of its own, so that none pays for another's memory.
type job struct {
	Engine, Dir, Shared string
	Passages            int
	Rounds              int // of searches; 0: build the index
}

// outcome is what a job measures.
type outcome struct {
	Built  time.Duration
	Opened int64 // resident bytes once the index is open
	Worked int64 // and after a round of searches
	Times  []time.Duration
	Found  int // questions whose planted passage was among the first five
}

// timing measures the engines on n passages. progress gets a line a job.
func timing(ctx context.Context, m *material, engines []engine, n int, o options, progress func(string)) (table, error) {
	t := table{title: fmt.Sprintf("%d passages", n), columns: names(engines)}
	questions := len(newCorpus(m, n).asked)
	for i, e := range engines {
		dir, err := os.MkdirTemp("", "bench-")
		if err != nil {
			return t, err
		}
		defer os.RemoveAll(dir)
		progress(fmt.Sprintf("%s: %d passages", e.name, n))
		built, err := inChild(ctx, job{Engine: e.name, Dir: dir, Shared: o.shared, Passages: n})
		if err != nil {
			return t, err
		}
		searched, err := inChild(ctx, job{Engine: e.name, Dir: dir, Shared: o.shared, Passages: n, Rounds: o.rounds})
		if err != nil {
			return t, err
		}
		size, err := folderSize(dir)
		if err != nil {
			return t, err
		}
		const mega = 1 << 20
		slices.Sort(searched.Times)
		t.set(i, "search, median, ms", "%.2f", milliseconds(percentile(searched.Times, 50)))
		t.set(i, "search, p99, ms", "%.2f", milliseconds(percentile(searched.Times, 99)))
		t.set(i, fmt.Sprintf("planted recall@5, %d questions", questions), "%.3f", float64(searched.Found)/float64(questions))
		t.set(i, "build, passages/s", "%.0f", float64(n)/built.Built.Seconds())
		t.set(i, "memory once open, MB", "%.0f", float64(searched.Opened)/mega)
		t.set(i, "memory after searches, MB", "%.0f", float64(searched.Worked)/mega)
		t.set(i, "index on disk, MB", "%.1f", float64(size)/mega)
		if err := os.RemoveAll(dir); err != nil {
			return t, err
		}
	}
	return t, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// percentile returns the least of the sorted times that p of a hundred are not
// above.
func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[max((len(sorted)*p+99)/100, 1)-1]
}

func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// inChild does a job in a process of its own.
func inChild(ctx context.Context, j job) (outcome, error) {
	var o outcome
	program, err := os.Executable()
	if err != nil {
		return o, err
	}
	encoded, err := json.Marshal(j)
	if err != nil {
		return o, err
	}
	child := exec.CommandContext(ctx, program)
	child.Env = append(os.Environ(), jobVariable+"="+string(encoded))
	var said bytes.Buffer
	child.Stderr = &said
	printed, err := child.Output()
	if err != nil {
		return o, fmt.Errorf("%s, %d passages: %w: %s", j.Engine, j.Passages, err, said.String())
	}
	return o, json.Unmarshal(printed, &o)
}

// work is a child process's main: it does the job that the environment holds
// and prints the outcome as JSON.
func work(ctx context.Context, encoded string) error {
	var j job
	if err := json.Unmarshal([]byte(encoded), &j); err != nil {
		return err
	}
	o, err := j.do(ctx)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(o)
}

func (j job) do(ctx context.Context) (outcome, error) {
	i := slices.IndexFunc(engines, func(e engine) bool { return e.name == j.Engine })
	if i < 0 {
		return outcome{}, fmt.Errorf("no engine %q", j.Engine)
	}
	if j.Rounds > 0 {
		return j.search(ctx, engines[i])
	}
	m, err := read(ctx, j.Shared)
	if err != nil {
		return outcome{}, err
	}
	c := newCorpus(m, j.Passages)
	start := time.Now()
	err = engines[i].build(ctx, j.Dir, c.report)
	return outcome{Built: time.Since(start)}, err
}

// search asks all questions, each once a round. Every round opens the index
// anew, so that no engine remembers a question, and the fastest time of a
// question counts: other work on the machine only ever adds to it.
func (j job) search(ctx context.Context, e engine) (o outcome, err error) {
	var c *corpus
	for round := range j.Rounds {
		s, err := e.open(ctx, j.Dir)
		if err != nil {
			return o, err
		}
		if round == 0 {
			if o.Opened, err = residentMemory(); err != nil {
				return o, err
			}
			m, err := read(ctx, j.Shared)
			if err != nil {
				return o, err
			}
			c = newCorpus(m, j.Passages)
			c.report = nil // only its questions are needed
		}
		times, found, err := ask(ctx, s, c)
		if err != nil {
			return o, err
		}
		for i := range o.Times {
			times[i] = min(times[i], o.Times[i])
		}
		o.Times, o.Found = times, found
		if o.Worked, err = residentMemory(); err != nil {
			return o, err
		}
		if err := s.Close(); err != nil {
			return o, err
		}
	}
	return o, nil
}

// ask returns how long each question took, and of how many the planted passage
// was among the first five.
func ask(ctx context.Context, s searcher, c *corpus) (times []time.Duration, found int, err error) {
	for _, question := range c.warmUp {
		if _, err := s.Search(ctx, question, 10); err != nil {
			return nil, 0, err
		}
	}
	for _, q := range c.asked {
		start := time.Now()
		numbers, err := s.Search(ctx, q.question, 10)
		if err != nil {
			return nil, 0, err
		}
		times = append(times, time.Since(start))
		if slices.Contains(numbers[:min(5, len(numbers))], q.passage) {
			found++
		}
	}
	return times, found, nil
}

// residentMemory returns this process's VmRSS in bytes.
func residentMemory() (int64, error) {
	status, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer status.Close()
	for lines := bufio.NewScanner(status); lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, errors.New("/proc/self/status has no VmRSS")
}
