package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/console"
	"reportbot/store/text"
)

type askCommand struct{ questionArguments }

// Run answers the questions, one after the other.
func (c *askCommand) Run(env *environment, o *Options) error {
	questions, err := c.read()
	if err != nil {
		return err
	}
	engine, err := o.engineForReading(env)
	if err != nil {
		return err
	}
	defer engine.store.Close()
	encoder := json.NewEncoder(env.out)
	encoder.SetEscapeHTML(false)
	for _, question := range questions {
		a, err := engine.answerer.Ask(env.ctx, answer.Request{Question: question, Fallback: text.Vietnamese}, nil)
		if err != nil {
			return err
		}
		switch {
		case c.JSON:
			err = encoder.Encode(console.Answer(a))
		case c.Questions != "":
			_, err = fmt.Fprintf(env.out, "? %s\n%s\n\n", question, console.Plain(bot.Render(a)))
		default:
			_, err = fmt.Fprintln(env.out, console.Plain(bot.Render(a)))
		}
		if err != nil {
			return err
		}
		if a.Notice == answer.Stopped {
			return errors.New("stopped; what is shown may be incomplete")
		}
		if a.Cause != nil && !c.JSON {
			env.tell(a.Cause)
		}
	}
	return nil
}
