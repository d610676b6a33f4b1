package telegramtest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// WaitMessage waits until a message of the bot, as it is now and not deleted,
// fits, and returns it; of several the first sent. After the timeout the test
// fails at once, with all that happened so far.
func (s *Server) WaitMessage(timeout time.Duration, fits func(Message) bool) Message {
	s.t.Helper()
	var found Message
	s.Wait(timeout, "a message of the bot", func() bool {
		for _, m := range s.Messages(0) {
			if !m.Deleted && fits(m) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// WaitReply waits for a message of the bot that replies to m.
func (s *Server) WaitReply(timeout time.Duration, m Message) Message {
	s.t.Helper()
	return s.WaitMessage(timeout, func(answer Message) bool {
		return answer.ChatID == m.ChatID && answer.ReplyTo == m.ID
	})
}

// WaitCall waits for a finished call of a method that fits; fits may be nil.
func (s *Server) WaitCall(timeout time.Duration, method string, fits func(Call) bool) Call {
	s.t.Helper()
	var found Call
	s.Wait(timeout, "a call of "+method, func() bool {
		for _, c := range s.Calls(method) {
			if c.Done && (fits == nil || fits(c)) {
				found = c
				return true
			}
		}
		return false
	})
	return found
}

// WaitConfirmed waits until the bot has confirmed an update.
func (s *Server) WaitConfirmed(timeout time.Duration, updateID int64) {
	s.t.Helper()
	s.Wait(timeout, fmt.Sprintf("update %d to be confirmed", updateID), func() bool {
		return slices.Contains(s.Confirmed(), updateID)
	})
}

// Wait waits until done is true, asking again after every change on the
// server and now and then besides. After the timeout the test fails at once.
func (s *Server) Wait(timeout time.Duration, what string, done func() bool) {
	s.t.Helper()
	deadline := time.NewTimer(timeout)
	defer deadline.Stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return
		}
		select {
		case <-changed:
		case <-again.C:
		case <-deadline.C:
			s.t.Fatalf("telegramtest: waited %v for %s\n%s", timeout, what, s.Dump())
		}
	}
}

// StaysSilent fails the test if the bot sends, edits or drafts anything in a
// chat (0 means any) during d. Let the bot confirm or handle the update first,
// or the silence proves nothing.
func (s *Server) StaysSilent(chatID int64, d time.Duration) {
	s.t.Helper()
	loud := func() []Call {
		return slices.DeleteFunc(s.Calls("sendMessage", "sendDocument", "sendMessageDraft", "editMessageText", "sendChatAction"),
			func(c Call) bool { return chatID != 0 && c.Params.Int("chat_id") != chatID })
	}
	before := len(loud())
	time.Sleep(d)
	if after := loud(); len(after) > before {
		s.t.Errorf("telegramtest: the bot was to stay silent in %d but called %s: %s",
			chatID, after[before].Method, after[before].Params)
	}
}

// Dump tells what happened so far, for failure messages.
func (s *Server) Dump() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b strings.Builder
	b.WriteString("messages:\n")
	for _, m := range s.sent {
		fmt.Fprintf(&b, "\t%s\n", m)
	}
	b.WriteString("calls (the last 30, without empty polls):\n")
	var lines []string
	for _, c := range s.calls {
		if c.Method == "getUpdates" && c.Status == 200 {
			continue
		}
		status := fmt.Sprint(c.Status)
		if !c.Done {
			status = "running"
		}
		lines = append(lines, fmt.Sprintf("\t%s %s %s %s %s\n", c.Time.Format("15:04:05.000"), c.Method, status, c.Error, c.Params))
	}
	for _, line := range lines[max(0, len(lines)-30):] {
		b.WriteString(line)
	}
	fmt.Fprintf(&b, "updates: %d confirmed, waiting: %v\n", len(s.queue.confirmed), s.queue.ids())
	return b.String()
}
