package main

import (
	"reportbot/bot/console"
	"reportbot/store/report"
)

type checkCommand struct {
	Path string `arg:"" optional:"" help:"The report. Default: that of --report."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// Run reads a report and says what is wrong with it; nothing is stored.
func (c *checkCommand) Run(env *environment, o *Options) error {
	location := c.Path
	if location == "" {
		location = o.location()
	}
	source, err := report.Open(env.ctx, location)
	if err != nil {
		return err
	}
	if c.JSON {
		return env.print(console.Check(source.Report))
	}
	console.WriteCheck(env.out, source.Place(), source.Report)
	return nil
}
