package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"reportbot/bot/telegram/telegramtest"
)

var (
	loadFor    = flag.Duration("load.for", 0, "how long the load test takes for each of its measurements; 0: it is skipped")
	loadMemory = flag.Duration("load.memory", 0, "for how long the load test watches memory, at half load")
)

// crowd is people who ask in private chats and wait for the answers.
type crowd struct {
	srv    *telegramtest.Server
	people []*telegramtest.User

	mu    sync.Mutex
	asked map[[2]int64]question // that have no answer yet, by chat and message
	early map[[2]int64]time.Time
	took  []time.Duration
}

// question is a question without an answer yet.
type question struct {
	at       time.Time
	answered chan<- struct{}
}

func newCrowd(srv *telegramtest.Server, people int) *crowd {
	c := &crowd{srv: srv, asked: map[[2]int64]question{}, early: map[[2]int64]time.Time{}}
	for range people {
		c.people = append(c.people, srv.User("Ana", "vi"))
	}
	srv.Observe(c.hear)
	return c
}

// hear records an answer.
func (c *crowd) hear(m telegramtest.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.meet([2]int64{m.ChatID, int64(m.ReplyTo)}, time.Now())
}

// meet matches a question with its answer. The caller holds the lock.
func (c *crowd) meet(at [2]int64, now time.Time) {
	q, waits := c.asked[at]
	if !waits {
		c.early[at] = now // the answer is here before the question was noted
		return
	}
	delete(c.asked, at)
	c.took = append(c.took, now.Sub(q.at))
	q.answered <- struct{}{}
}

// ask sends one person's question; answered receives a value when the answer arrives.
func (c *crowd) ask(who int, text string, answered chan<- struct{}) {
	at := time.Now()
	m := c.people[who].Writes(text)
	key := [2]int64{m.ChatID, int64(m.ID)}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[key] = question{at, answered}
	if now, ok := c.early[key]; ok {
		delete(c.early, key)
		c.meet(key, now)
	}
}

// result returns how long answers took since the last call, in order.
func (c *crowd) result() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	took := c.took
	c.took = nil
	slices.Sort(took)
	return took
}

// wordings are the questions, asked in turn.
var wordings = []string{
	"Triều Tiên đã gửi bao nhiêu quân tới Nga?", "Quân Triều Tiên đóng ở đâu?", "Ai chỉ huy quân Triều Tiên ở Nga?",
	"trieu tien gui bao nhieu dan phao", "Hàn Quốc nói gì?", "How many containers did North Korea send?",
	"Hiệp ước giữa Nga và Triều Tiên có gì?", "Công nhân Triều Tiên làm gì ở Nga?",
}

// busy makes everybody ask again as soon as they have an answer, and returns the number
// of answers per second.
func (c *crowd) busy(d time.Duration) float64 {
	deadline := time.Now().Add(d)
	var all sync.WaitGroup
	for who := range c.people {
		all.Go(func() {
			answered := make(chan struct{}, 1)
			for n := who; time.Now().Before(deadline); n++ {
				c.ask(who, wordings[n%len(wordings)], answered)
				select {
				case <-answered:
				case <-time.After(soon):
					return // the answers are counted
				}
			}
		})
	}
	begun := time.Now()
	all.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	return float64(len(c.took)) / time.Since(begun).Seconds()
}

// steady asks questions at a fixed rate, without waiting for earlier answers, and then
// waits for all answers.
func (c *crowd) steady(d time.Duration, perSecond float64) (asked int) {
	answered := make(chan struct{}, 1<<20)
	begun := time.Now()
	for time.Since(begun) < d {
		for ; float64(asked) < time.Since(begun).Seconds()*perSecond; asked++ {
			c.ask(asked%len(c.people), wordings[asked%len(wordings)], answered)
		}
		time.Sleep(time.Millisecond)
	}
	late := time.After(soon)
	for range asked {
		select {
		case <-answered:
		case <-late:
			return asked
		}
	}
	return asked
}

// at returns a quantile of sorted durations: .5 is the median.
func at(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))].Round(10 * time.Microsecond)
}

var residentSet = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// memory returns a process's resident memory in MB.
func memory(t *testing.T, pid int) float64 {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		t.Skip("memory is read from /proc: ", err)
	}
	kB, err := strconv.ParseFloat(residentSet.FindStringSubmatch(string(data))[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return kB / 1024
}

// processor returns the processor time that a process has taken.
func processor(t *testing.T, pid int) time.Duration {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		t.Skip("processor time is read from /proc: ", err)
	}
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	var ticks time.Duration // of 10 ms, in user and in system mode
	for _, field := range fields[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			t.Fatal(err)
		}
		ticks += time.Duration(n)
	}
	return ticks * 10 * time.Millisecond
}

// TestLoad measures how many questions a second serve answers without a model,
// beside the library's bare echo bot on a server of the same kind, and how often
// it syncs to the disk. `make load` runs it at length and prints the table.
func TestLoad(t *testing.T) {
	if *loadFor == 0 {
		t.Skip("a benchmark: make load")
	}
	echo := buildEcho(t)
	table := []string{"chats  a second  echo bot  ratio  syncs a question  processor a question  memory  p50, p99 at full load  at half load"}
	for _, people := range []int{1, 10, 200} {
		p, srv := forLoad(t)
		r := p.start("serve")
		ours := measure(t, newCrowd(srv, people), r.command.Process.Pid)
		srv.Observe(nil)
		mustEnd(t, r)

		srv = telegramtest.New(t)
		command := exec.Command(echo)
		command.Env = []string{"TELEGRAM_BOT_TOKEN=" + srv.Token, "TELEGRAM_API_URL=" + srv.URL}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		bare := measure(t, newCrowd(srv, people), command.Process.Pid)
		_ = command.Process.Signal(syscall.SIGTERM)
		_ = command.Wait()
		table = append(table, fmt.Sprintf("%5d  %8.0f  %8.0f  %5.2f  %16s  %20v  %3.0f MB  %10v %10v  %10v %v", people, ours.perSecond, bare.perSecond,
			ours.perSecond/bare.perSecond, syncsAQuestion(t, people), ours.processor, ours.memory,
			at(ours.full, .5), at(ours.full, .99), at(ours.half, .5), at(ours.half, .99)))
	}
	t.Log("\n" + strings.Join(table, "\n") + "\n" + atTelegramsPace(t))
}

// forLoad is a program that answers from the embedded report as fast as it can.
func forLoad(t *testing.T) (*program, *telegramtest.Server) {
	t.Helper()
	p, srv := withTelegram(t)
	delete(p.env, "REPORT")
	p.env["SEND_RATE"] = "0"
	return p, srv
}

// atTelegramsPace describes answer times in 200 chats at the highest rate that Telegram
// allows.
func atTelegramsPace(t *testing.T) string {
	t.Helper()
	p, srv := forLoad(t)
	r := p.start("serve")
	c := newCrowd(srv, 200)
	c.steady(*loadFor/4, 30) // until all is warm
	c.result()
	c.steady(*loadFor, 30)
	took := c.result()
	srv.Observe(nil)
	mustEnd(t, r)
	return fmt.Sprintf("30 questions a second over 200 chats: p50 %v, p99 %v", at(took, .5), at(took, .99))
}

// syncsAQuestion counts serve's disk syncs for each question, if strace is installed.
func syncsAQuestion(t *testing.T, people int) string {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		return "(no strace)"
	}
	p, srv := forLoad(t)
	calls := filepath.Join(p.dir, "strace")
	// With -D strace is a grandchild and the program stays the test's child; with
	// --seccomp-bpf it stops the program only at these calls.
	p.under = []string{strace, "-D", "-f", "--seccomp-bpf", "-ttt", "-e", "trace=fsync,fdatasync", "-o", calls}
	r := p.start("serve")
	c := newCrowd(srv, people)
	c.busy(*loadFor / 4)
	c.result()
	begun := time.Now()
	c.busy(*loadFor)
	ended := time.Now()
	answered := len(c.result())
	srv.Observe(nil)
	mustEnd(t, r)
	syncs := 0
	for line := range strings.Lines(p.untilComplete(calls)) {
		fields := strings.Fields(line) // process, time, call
		if len(fields) < 3 || strings.HasPrefix(fields[2], "<...") || strings.HasPrefix(fields[2], "+++") || strings.HasPrefix(fields[2], "---") {
			continue
		}
		seconds, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			t.Fatalf("strace printed %q", line)
		}
		if now := time.UnixMicro(int64(seconds * 1e6)); now.After(begun) && now.Before(ended) {
			syncs++
		}
	}
	return fmt.Sprintf("%.2f", float64(syncs)/float64(max(1, answered)))
}

// untilComplete returns strace's output once it includes the program's exit.
func (p *program) untilComplete(calls string) string {
	p.t.Helper()
	for range 100 {
		data, err := os.ReadFile(calls)
		if err == nil && strings.HasSuffix(strings.TrimSpace(string(data)), "+++") {
			return string(data)
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.t.Log("strace's output lacks the program's exit")
	return ""
}

// load is the measurements of a bot.
type load struct {
	perSecond  float64
	full, half []time.Duration // how long answers took at full and at half load, in order
	processor  time.Duration   // a question, at full load
	memory     float64         // MB
}

// measure measures a bot while a crowd asks it.
func measure(t *testing.T, c *crowd, pid int) (l load) {
	t.Helper()
	c.busy(*loadFor / 4) // until all is warm
	c.result()
	used := processor(t, pid)
	l.perSecond = c.busy(*loadFor)
	used = processor(t, pid) - used
	l.full = c.result()
	l.processor = (used / time.Duration(max(1, len(l.full)))).Round(10 * time.Microsecond)
	asked := c.steady(*loadFor, l.perSecond/2)
	l.half = c.result()
	if len(l.half) != asked {
		t.Errorf("%d of %d questions were answered", len(l.half), asked)
	}
	l.memory = memory(t, pid)
	return l
}

func buildEcho(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "echobot")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", path, "../../bot/telegram/echobot")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// TestMemoryStaysFlat watches serve's memory for as long as -load.memory says.
func TestMemoryStaysFlat(t *testing.T) {
	if *loadMemory == 0 {
		t.Skip("it takes ten minutes: make load")
	}
	p, srv := forLoad(t)
	r := p.start("serve")
	c := newCrowd(srv, 200)
	perSecond := c.busy(2 * time.Second)
	var seen []float64
	const steps = 10
	for range steps {
		c.steady(*loadMemory/steps, perSecond/2)
		c.result()
		seen = append(seen, memory(t, r.command.Process.Pid))
	}
	t.Logf("at %.0f questions a second, resident MB over %v: %.0f", perSecond/2, *loadMemory, seen)
	if first, last := seen[1], seen[steps-1]; last > 1.25*first {
		t.Errorf("memory grew from %.0f to %.0f MB", first, last)
	}
	mustEnd(t, r)
}
