package main

import "testing"

func TestSecretsAreHiddenInWhatIsPrinted(t *testing.T) {
	var r redactor
	r.addToken("8100000001:AAF-x_y%zz\nq\"w")
	r.add("sk short", "ollama", "none", "")
	for _, test := range []struct{ name, text, want string }{
		{"a token", "can't call 8100000001:AAF-x_y%zz\nq\"w", "can't call [hidden]"},
		{"the secret part of one", "AAF-x_y%zz\nq\"w!", "[hidden]!"},
		{"quoted, as logs do", `url="bot8100000001:AAF-x_y%zz\nq\"w/getMe"`, `url="bot[hidden]/getMe"`},
		{"escaped, as addresses are", "bot8100000001:AAF-x_y%25zz%0Aq%22w/getMe", "bot[hidden]/getMe"},
		{"a key", "key sk short refused", "key [hidden] refused"},
		{"placeholders are no secrets", "ollama: none", "ollama: none"},
		{"another bot's token", "https://api.telegram.org/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe", "https://api.telegram.org/bot[hidden]/getMe"},
		{"a proxy's password", "proxyconnect tcp: http://ana:s3cret@proxy:3128", "proxyconnect tcp: http://ana:[hidden]@proxy:3128"},
		{"a key in an address", "GET https://x.org/v1?api-version=2&api-key=abc 401", "GET https://x.org/v1?api-version=2&api-key=[hidden] 401"},
		{"a header", "Authorization: Bearer abc.def", "Authorization: Bearer [hidden]"},
		{"a key of another server", "Incorrect API key provided: sk-proj-0123456789abcdef0123", "Incorrect API key provided: [hidden]"},
		{"nothing", "edition 3 is live at 12:30", "edition 3 is live at 12:30"},
	} {
		if got := r.redactAll(test.text); got != test.want {
			t.Errorf("%s: %q\nwant %q", test.name, got, test.want)
		}
	}
	// A report's links are printed as they are.
	if link := "https://x.org/?token=abc"; r.redact(link) != link {
		t.Errorf("printed %q", r.redact(link))
	}
}

func TestSettingsAreCleaned(t *testing.T) {
	for _, test := range []struct{ variable, value, want string }{
		{"MODEL", "a b", "a b"},
		{"MODEL", " \t\r\n\v a \u00a0\u3000\n", "a"},
		{"MODEL", "\ufeffa\u200b\x00", "a"},
		{"MODEL", `"a"`, "a"},
		{"MODEL", `' a '` + "\n", "a"},
		{"MODEL", `"a`, `"a`},
		{"MODEL", `"`, `"`},
		{"MODEL", `""`, ""},
		{"ADMIN_IDS", " 1 , 2;3\n4,", "1,2,3,4"},
		{"ALLOWED_CHATS", `"-100, -200"`, "-100,-200"},
	} {
		if got := cleanSetting(test.variable, test.value); got != test.want {
			t.Errorf("%s=%q is read as %q, want %q", test.variable, test.value, got, test.want)
		}
	}
}

// White space around a setting is removed, wherever it is set.
func TestInvisibleCharactersAroundSettingsAreRemoved(t *testing.T) {
	t.Parallel()
	p := newProgram(t)
	p.file("report.txt", titled("Bản thử"))
	p.env["REPORT"], p.env["QUEUE"], p.env["SEND_RATE"], p.env["ADMIN_IDS"], p.env["LISTEN"] = "\ufeffreport.txt\r\n", " 5\n", "", " 7, 8 ,", "'127.0.0.1:1'\n"
	if got := titleOf(t, p); got != "Bản thử" {
		t.Errorf("%q is read", got)
	}
	mustBeOneLine(t, p.run("health"), exitFailed, "http://127.0.0.1:1/")
	p.env = map[string]string{"QUEUE": "\n"}
	if got := titleOf(t, p, "--report= report.txt\n", "--send-rate", " 3 "); got != "Bản thử" {
		t.Errorf("%q is read", got)
	}
	for name, text := range map[string]string{
		"with a byte order mark": "\xef\xbb\xbfREPORT=report.txt\r\n",
		"in UTF-16":              "\xff\xfeR\x00E\x00P\x00O\x00R\x00T\x00=\x00r\x00e\x00p\x00o\x00r\x00t\x00.\x00t\x00x\x00t\x00\r\x00\n\x00",
	} {
		p.file(".env", text)
		if got := titleOf(t, p); got != "Bản thử" {
			t.Errorf(".env %s: %q is read", name, got)
		}
	}
}

// A malformed token is refused with one line, which doesn't contain it.
func TestAMalformedTokenIsRefusedWithOneLine(t *testing.T) {
	t.Parallel()
	const secret = "AAF-secret-part-of-this-token-0001"
	for name, token := range map[string]string{
		"an escape":                      "123456:" + secret + "%zz",
		"a line break within":            "123456:" + secret + "\nx",
		"a space within":                 "123456:" + secret + " x",
		"only the secret part":           secret,
		"with the path's prefix":         "bot123456:" + secret,
		"the example of the BotFather's": "<" + secret + ">",
	} {
		t.Run(name, func(t *testing.T) {
			p := newProgram(t)
			p.env["TELEGRAM_BOT_TOKEN"], p.env["LISTEN"] = token, "127.0.0.1:0"
			p.secrets = append(p.secrets, secret)
			mustBeOneLine(t, p.run("serve"), exitFailed, "TELEGRAM_BOT_TOKEN")
			if name == "an escape" {
				p.env = nil
				mustBeOneLine(t, p.run("serve", "--listen=127.0.0.1:0", "--telegram-token="+token), exitFailed, "TELEGRAM_BOT_TOKEN")
			}
		})
	}
}
