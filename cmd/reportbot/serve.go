package main

import (
	"errors"
	"fmt"
	"log/slog"

	"reportbot/bot/telegram"
)

type serveCommand struct{}

// Run runs the Telegram bot until SIGTERM or Ctrl-C.
func (c *serveCommand) Run(env *environment, o *Options) error {
	if o.TelegramToken == "" {
		return errors.New("TELEGRAM_BOT_TOKEN is not set; @BotFather gives one")
	}
	config, err := o.transport()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(env.err, nil))
	if o.Standby {
		return o.serveInTurns(env, config, log)
	}
	return o.runBot(env, config, log, nil)
}

// transport returns the configuration of the connection to Telegram.
func (o *Options) transport() (telegram.Config, error) {
	switch {
	case o.SendRate < 0:
		return telegram.Config{}, fmt.Errorf("SEND_RATE is %v; it must not be negative", o.SendRate)
	case o.Queue < 1:
		return telegram.Config{}, fmt.Errorf("QUEUE is %d; it must be at least 1", o.Queue)
	}
	config := telegram.Config{
		Admins: o.Admins,
		Token:  o.TelegramToken, URL: o.TelegramURL,
		Webhook:  telegram.Webhook{URL: o.WebhookURL, Secret: o.WebhookSecret},
		SendRate: o.SendRate, Queue: o.Queue,
	}
	return config, config.Validate()
}
