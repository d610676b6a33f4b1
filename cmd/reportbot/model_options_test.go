package main

import (
	"strings"
	"testing"

	"reportbot/bot/model/modeltest"
)

func TestCheckSelectsJudgeOrRules(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.When(modeltest.IsJudge, modeltest.JudgeWith(modeltest.JudgeYes))
	srv.Handle(modeltest.Always(modeltest.Text("1.200 mét là chiều dài của cầu Bạch Yến. [S1]")))
	if a := askJSON(t, p); len(a.Claims) != 1 || a.Claims[0].Quoted || a.Usage.Calls != 2 {
		t.Errorf("by default: %+v", a)
	}
	p.env["CHECK"] = "rules"
	a := askJSON(t, p)
	if a.Status != "answered" || len(a.Claims) != 1 || !a.Claims[0].Quoted || a.Usage.Calls != 1 || a.Notice == "" {
		t.Errorf("with CHECK=rules: %+v", a)
	}
	if len(a.Rejected) != 1 || a.Rejected[0].Why != "meaning" || !a.Rejected[0].Quoted {
		t.Errorf("with CHECK=rules: rejected are %+v", a.Rejected)
	}
	if a := askJSON(t, p, "--check=model"); a.Claims[0].Quoted {
		t.Errorf("with --check=model: %+v", a)
	}
	mustBeOneLine(t, p.run("ask", "--check=nobody", askedLength), exitUsage, "--check", "rules")
}

func TestTheChatQuotesTheReportOnceADailyLimitIsReached(t *testing.T) {
	t.Parallel()
	for _, option := range []string{"DAILY_QUESTIONS=1", "DAILY_TOKENS=500"} {
		t.Run(option, func(t *testing.T) {
			p, srv := withModel(t)
			srv.When(modeltest.IsRewrite, modeltest.Always(modeltest.Text("")))
			srv.Handle(func(r modeltest.Request) modeltest.Reply { return modeltest.Echo(1)(r).WithUsage(400, 100) })
			name, value, _ := strings.Cut(option, "=")
			p.env[name] = value
			out, _ := chat(t, p, askedLength+"\nCầu Cẩm Thạch sửa chữa năm nào?\n", "chat")
			if !strings.Contains(out, "Hôm nay bạn đã dùng hết lượt") || strings.Count(out, "Nguồn:") != 2 {
				t.Errorf("two questions are answered:\n%s", out)
			}
			if n := len(srv.Requests()); n != 1 {
				t.Errorf("the model was asked %d times", n)
			}
		})
	}
	p := newProgram(t)
	mustBeOneLine(t, p.run("ask", "--daily-questions=-1", askedLength), exitUsage, "daily-questions")
}

func TestPrivacyShowsOnlyTheHostOfTheModelsServer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"a server", map[string]string{"OPENAI_BASE_URL": "http://ana:hidden@model.example.org:11434/v1?key=hidden", "OPENAI_API_KEY": "hidden"}, "ở model.example.org:11434, không"},
		{"a key alone", map[string]string{"OPENAI_API_KEY": "hidden", "OPENAI_MODEL": "gpt-nobody"}, "ở api.openai.com, không"},
		{"no model", nil, "tôi không dùng mô hình ngôn ngữ"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newProgram(t)
			p.env = test.env
			out, _ := chat(t, p, "/privacy\n", "chat", "--report="+p.file("bridges.txt", bridges))
			if !strings.Contains(out, test.want) || strings.Contains(out, "hidden") {
				t.Errorf("it says\n%s", out)
			}
		})
	}
}

// The chat shares answers to the same question; ask doesn't, so that every line of a
// file shows a new reply of the model.
func TestTheChatSharesAnswersAndAskDoesNot(t *testing.T) {
	t.Parallel()
	p, srv := withModel(t)
	srv.Handle(modeltest.Echo(1))
	chat(t, p, strings.Repeat(askedLength+"\n", 3), "chat")
	if n := len(srv.Requests()); n != 1 {
		t.Errorf("in the chat the model was asked %d times", n)
	}
	p.must("ask", "--questions", p.file("same.txt", strings.Repeat(askedLength+"\n", 3)))
	if n := len(srv.Requests()) - 1; n != 3 {
		t.Errorf("by ask the model was asked %d times", n)
	}
}
