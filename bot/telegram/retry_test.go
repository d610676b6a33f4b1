package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"reportbot/bot"
)

func TestSendRetries(t *testing.T) {
	refuse := func(status int, parameters string) func() (*http.Response, error) {
		return func() (*http.Response, error) {
			return reply(status, fmt.Sprintf(`{"ok": false, "error_code": %d, "description": "no", "parameters": {%s}}`, status, parameters)), nil
		}
	}
	unreached := func() (*http.Response, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "telegram.example"}
	}
	reset := func() (*http.Response, error) {
		return nil, &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	}
	for _, test := range []struct {
		name  string
		fail  func() (*http.Response, error)
		times int // it fails
		tries []int
		err   string // "": it was shown
	}{
		{"Telegram asks to wait", refuse(429, `"retry_after": 7`), 2, []int{0, 7, 14}, ""},
		{"Telegram asks to wait again and again", refuse(429, `"retry_after": 700`), 8, every(700, 8), ""},
		{"Telegram can't be reached", unreached, 3, []int{0, 1, 3, 7}, ""},
		{"the connection breaks", reset, 2, []int{0, 1, 3}, ""},
		{"the connection breaks again and again", reset, maxUnverifiedTries + 2, growing(maxUnverifiedTries + 2), ""},
		{"an error of the server", refuse(500, ""), 1, []int{0, 1}, ""},
		{"an error of the server for a while", refuse(500, ""), 9, growing(9), ""},
		{"a proxy's page", func() (*http.Response, error) { return reply(502, "<html>"), nil }, 1, []int{0, 1}, ""},

		{"the person has blocked the bot", refuse(403, ""), 9, []int{0}, "forbidden"},
		{"the token is refused", refuse(401, ""), 9, []int{0}, "unauthorized"},
		{"what may have been sent is not sent twice", func() (*http.Response, error) { return nil, context.DeadlineExceeded }, 9, []int{0}, "unknown whether Telegram accepted"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, inPrivate)
				left := test.times
				s.fails(func() (*http.Response, error) {
					if left--; left < 0 {
						return nil, nil
					}
					return test.fail()
				})
				_, err := s.Final(t.Context(), said("đây"))
				if (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
					t.Errorf("Final returned %v, want %q in it", err, test.err)
				}
				if err != nil {
					hasNoToken(t, testToken, err.Error())
				}
				var want []string
				for _, at := range seconds(test.tries...) {
					want = append(want, at.String()+" sendMessage to #5: đây")
				}
				s.did(t, want...)
			})
		})
	}
}

// An answer outlasts a day without Telegram, but only an hour of Telegram's own errors.
func TestDeliverGivesUp(t *testing.T) {
	unreached := &net.DNSError{Err: "no such host", Name: "telegram.example"}
	for _, test := range []struct {
		name  string
		err   error
		lasts time.Duration // the failure
		want  time.Duration // until deliver gives up; 0: it succeeds
	}{
		{"Telegram can't be reached for hours", unreached, 20 * time.Hour, 0},
		{"Telegram can't be reached for more than a day", unreached, 30 * time.Hour, giveUpUnreachableAfter},
		{"an error of the server for most of an hour", errors.New("500"), 50 * time.Minute, 0},
		{"an error of the server that stays", errors.New("500"), 2 * time.Hour, giveUpAfter},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSending(t, inPrivate)
				err := s.outbox.deliver(t.Context(), nil, inPrivate.place, delivery{}, func(context.Context) error {
					if time.Since(s.begun) < test.lasts {
						return test.err
					}
					return nil
				})
				took := time.Since(s.begun)
				if test.want == 0 && (err != nil || took > test.lasts+maxPause) {
					t.Errorf("deliver returned %v after %v", err, took)
				}
				if test.want != 0 && (!errors.Is(err, test.err) || took < test.want || took > test.want+maxPause) {
					t.Errorf("deliver returned %v after %v, want it to give up after %v", err, took, test.want)
				}
			})
		})
	}
}

// every returns the seconds of so many tries and one more, equally apart.
func every(apart, n int) []int {
	list := []int{0}
	for range n {
		list = append(list, list[len(list)-1]+apart)
	}
	return list
}

// growing returns the seconds of so many tries and one more, ever further apart
// up to five seconds.
func growing(n int) []int {
	list, pause := []int{0}, 1
	for range n {
		list = append(list, list[len(list)-1]+pause)
		pause = min(2*pause, 5)
	}
	return list
}

func TestAnswerInAMigratedGroupIsNoReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inTeam)
		left := 1
		s.fails(func() (*http.Response, error) {
			if left--; left < 0 {
				return nil, nil
			}
			return reply(400, `{"ok": false, "error_code": 400, "parameters": {"migrate_to_chat_id": -1002}}`), nil
		})
		long := message(manyLines(2, bot.Line{text(strings.Repeat("a", 4000))})...)
		if id, err := s.Final(t.Context(), long); err != nil || id != 101 {
			t.Errorf("Final returned %d, %v", id, err)
		}
		s.did(t, "0s sendMessage to #5: "+as(20), "0s sendMessage: "+as(20), "0s sendMessage to #101: "+as(20))
		if s.to.place.chat != -1002 {
			t.Errorf("the last chat was %d", s.to.place.chat)
		}
	})
}

func TestUnchangedEditIsNoFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inTeam)
		_ = s.Working(t.Context(), said("đang tìm"))
		synctest.Wait()
		s.fails(func() (*http.Response, error) {
			return reply(400, `{"ok": false, "error_code": 400, "description": "Bad Request: message is not modified: specified new message content"}`), nil
		})
		if id, err := s.Final(t.Context(), said("đang tìm")); err != nil || id != 101 {
			t.Errorf("Final returned %d, %v", id, err)
		}
	})
}

func TestAnswerWaitingToBeSentIsRequeuedOnTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSending(t, inPrivate)
		s.fails(func() (*http.Response, error) {
			return reply(429, `{"ok": false, "error_code": 429, "parameters": {"retry_after": 3600}}`), nil
		})
		time.AfterFunc(8*time.Second, func() { s.park(bot.ErrRequeued) })
		_, err := s.Final(context.WithoutCancel(t.Context()), said("đây"))
		if !errors.Is(err, bot.ErrRequeued) {
			t.Errorf("Final returned %v, want ErrRequeued", err)
		}
		if took := time.Since(s.begun); took != 8*time.Second {
			t.Errorf("Final returned after %v, want 8s", took)
		}
	})
}
