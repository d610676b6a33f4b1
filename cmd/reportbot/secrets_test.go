package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"reportbot/bot/model/modeltest"
	"reportbot/bot/telegram/telegramtest"
)

// textAt returns the response body at an address, empty if nothing listens there.
func textAt(address, path string) string {
	reply, err := http.Get("http://" + address + path)
	if err != nil {
		return ""
	}
	defer reply.Body.Close()
	text, _ := io.ReadAll(reply.Body) // what came is what there is to look at
	return string(text)
}

// Whatever fails, logs, metrics and HTTP responses contain no secrets and no data about
// people or their questions.
func TestFailuresExposeNoSecrets(t *testing.T) {
	t.Parallel()
	const page = "<html><head><title>502 Bad Gateway</title></head></html>"
	refusesKey := modeltest.Fail(http.StatusUnauthorized).WithBody("application/json", `{"error": {"message": "Incorrect API key provided: `+secretKey+`"}}`)
	dropped := modeltest.Dropped()
	for _, test := range []struct {
		name   string
		method string // of Telegram that fails
		fault  telegramtest.Fault
		model  *modeltest.Reply
		url    string // of Telegram, where it isn't the server's
	}{
		{name: "a refused token", method: "getUpdates", fault: telegramtest.Fault{Status: 401}},
		{name: "an unknown token", method: "getMe", fault: telegramtest.Fault{Status: 404}},
		{name: "a chat that shuts the bot out", method: "sendMessage", fault: telegramtest.Fault{Status: 403}},
		{name: "sends that are reset", method: "sendMessage", fault: telegramtest.Fault{Reset: true}},
		{name: "placeholders that can't be edited", method: "editMessageText", fault: telegramtest.Fault{Status: 400}},
		{name: "polls that are answered with pages", method: "getUpdates", fault: telegramtest.Fault{Body: page}},
		{name: "another poller", method: "getUpdates", fault: telegramtest.Fault{Status: 409}},
		{name: "nobody at the address", url: "http://127.0.0.1:1"},
		{name: "a model that refuses the key", model: &refusesKey},
		{name: "a model that breaks off", model: &dropped},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p, srv := withTelegram(t)
			p.withMetrics()
			model := modeltest.New(t)
			model.Key = secretKey
			model.Handle(modeltest.Echo(1))
			p.env["OPENAI_BASE_URL"], p.env["OPENAI_API_KEY"] = model.URL, secretKey
			if test.model != nil {
				model.Handle(modeltest.Always(*test.model))
			}
			if test.method != "" {
				srv.Fail(test.method, -1, test.fault)
			}
			if test.url != "" {
				p.env["TELEGRAM_API_URL"] = test.url
			}
			ana, group := srv.User("Ana", "vi"), srv.Group("Team")
			p.secrets = append(p.secrets, srv.Token[strings.IndexByte(srv.Token, ':')+1:], "Cẩm Thạch", strconv.FormatInt(ana.ID, 10), strconv.FormatInt(group.ID, 10))
			r := p.start("serve")
			ana.Writes("Cầu Cẩm Thạch dài bao nhiêu mét?")
			ana.WritesIn(group, "/ask Cầu Cẩm Thạch dài bao nhiêu mét?")
			r.waitFor("level=WARN", "level=ERROR", "is forgotten", "reportbot: ")
			told := textAt(p.env["LISTEN"], "/healthz") + textAt(p.env["LISTEN"], "/readyz") + textAt(p.env["METRICS_LISTEN"], "/metrics")
			for _, secret := range p.secrets {
				// A sum of seconds may have an id's digits by chance.
				if regexp.MustCompile(`(^|[^0-9.])` + regexp.QuoteMeta(secret) + `($|[^0-9])`).MatchString(told) {
					t.Errorf("its HTTP responses contain %q:\n%s", secret, told)
				}
			}
			_ = r.command.Process.Signal(syscall.SIGKILL) // it may have ended
			r.wait(quickly)                               // looks for secrets in what it said
		})
	}
}

// The image contains every file that .dockerignore doesn't exclude. Files that git
// ignores, such as secrets and stores, must be excluded too.
func TestTheImageExcludesWhatGitIgnores(t *testing.T) {
	lines := func(name string) []string {
		data, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Fields(string(data))
	}
	ignored := lines(".dockerignore")
	for _, pattern := range lines(".gitignore") {
		// "*.db-*" stands for "*.db-wal" too.
		if before, _, ok := strings.Cut(pattern, ".db-"); ok {
			pattern = before + ".db-*"
		}
		if !slices.Contains(ignored, pattern) && !slices.Contains(ignored, "**/"+pattern) {
			t.Errorf(".dockerignore doesn't name %s, which .gitignore does", pattern)
		}
	}
}
