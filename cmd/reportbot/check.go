package main

import (
	"reportbot/bot/console"
	"reportbot/store/report"
)

type checkCommand struct {
	Path string `arg:"" optional:"" help:"The report. Default: that of --report."`
	Exam bool   `help:"Ask the questions that the report's own sentences answer, and list those that search can't find."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run reads a report and prints its problems; nothing is stored.
func (c *checkCommand) Run(env *environment, o *Options) error {
	location := c.Path
	if location == "" {
		location = o.location()
	}
	source, err := report.Open(env.ctx, location)
	if err != nil {
		return err
	}
	var sat *console.Exam
	if c.Exam {
		if sat, err = o.examine(env.ctx, source); err != nil {
			return err
		}
	}
	if c.JSON {
		return env.print(console.Check(source.Report, sat))
	}
	console.WriteCheck(env.out, source.Place(), source.Report)
	if sat != nil {
		console.WriteExam(env.out, sat)
	}
	return nil
}
