package main

import (
	"errors"
	"fmt"
	"log/slog"

	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/console"
	"reportbot/store/text"
)

type askCommand struct{ questionArguments }

// Run answers the questions in order.
func (c *askCommand) Run(env *environment, o *Options) error {
	questions, err := c.read()
	if err != nil {
		return err
	}
	engine, edition, err := o.engineForReading(env)
	if err != nil {
		return err
	}
	defer engine.store.Close()
	conversation := bot.New(o.bot("reportbot", engine, slog.New(slog.DiscardHandler)))
	for _, question := range questions {
		reply, err := conversation.Reply(env.ctx, question, text.Vietnamese)
		if err != nil {
			return err
		}
		switch {
		case c.JSON:
			err = env.print(console.Reply(reply))
		case c.Questions != "":
			_, err = fmt.Fprintf(env.out, "? %s\n%s\n\n", question, console.Plain(reply.Message))
		default:
			_, err = fmt.Fprintf(env.out, "%s\n\n%s\n", console.Plain(reply.Message), bot.WhichReport(reply.Language, edition, o.origin(edition)).Plain())
		}
		if err != nil {
			return err
		}
		a := reply.Answer
		if a == nil {
			continue
		}
		if a.Notice == answer.Stopped {
			return errors.New("stopped; what is shown may be incomplete")
		}
		if a.Cause != nil {
			env.warn(a.Cause)
		}
	}
	return nil
}
