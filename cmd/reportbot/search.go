package main

import (
	"errors"
	"fmt"
	"time"

	"reportbot/bot/console"
)

type searchCommand struct {
	questionArguments
	K int `short:"k" help:"How many passages." default:"5" placeholder:"N"`
}

// Run prints the best passages for the questions.
func (c *searchCommand) Run(env *environment, o *Options) error {
	if c.K < 1 {
		return usage(errors.New("-k must be at least 1"))
	}
	questions, err := c.read()
	if err != nil {
		return err
	}
	engine, edition, err := o.engineForReading(env)
	if err != nil {
		return err
	}
	defer engine.store.Close()
	for _, question := range questions {
		begun := time.Now()
		hits, err := engine.searcher.Search(env.ctx, edition, question, c.K)
		if err != nil {
			return err
		}
		found := console.Search(question, hits, time.Since(begun))
		if c.JSON {
			if err := env.print(found); err != nil {
				return err
			}
			continue
		}
		if c.Questions != "" {
			fmt.Fprintf(env.out, "? %s\n", question)
		}
		if err := console.WriteSearch(env.out, found); err != nil {
			return err
		}
	}
	return nil
}
