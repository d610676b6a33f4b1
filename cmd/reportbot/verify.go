package main

import (
	"errors"
	"fmt"
	"strings"

	"reportbot/bot"
	"reportbot/bot/console"
	"reportbot/bot/verify"
	"reportbot/store/text"
)

type verifyCommand struct {
	Text []string `arg:"" optional:"" help:"The message."`
	JSON bool     `name:"json" help:"Print one JSON object."`
}

// Run checks a message against the report.
func (c *verifyCommand) Run(env *environment, o *Options) error {
	message := strings.TrimSpace(strings.Join(c.Text, " "))
	if message == "" {
		return usage(errors.New("the TEXT is blank"))
	}
	engine, _, err := o.engineForReading(env)
	if err != nil {
		return err
	}
	defer engine.store.Close()
	request := verify.Request{Text: message, Language: text.LanguageOf(message, text.Vietnamese)}
	r, err := verify.New(engine.store, engine.searcher, engine.answerer).Verify(env.ctx, request, nil)
	if err != nil {
		return err
	}
	if r.Cause != nil {
		env.warn(r.Cause)
	}
	if c.JSON {
		return env.print(console.Verified(r))
	}
	_, err = fmt.Fprintln(env.out, console.Plain(bot.RenderVerdicts(r)))
	return err
}
