package main

import (
	"fmt"
	"log/slog"
	"net/http"

	"reportbot/bot/telegram"
)

// ServeOptions are the options of serve alone.
type ServeOptions struct {
	WebhookURL    string  `name:"webhook-url" group:"telegram" help:"Where Telegram delivers updates by itself, as it reaches it; serve answers at its path. Default: none, updates are polled." env:"TELEGRAM_WEBHOOK_URL" placeholder:"URL"`
	WebhookSecret string  `group:"telegram" help:"What Telegram sends along to the webhook: 1 to 256 of A-Z a-z 0-9 _ -. Default: none; a webhook needs one." env:"TELEGRAM_WEBHOOK_SECRET" placeholder:"SECRET"`
	SendRate      float64 `group:"limits" help:"Messages sent a second over all; 0 lifts this and the limits per chat and group. Default: ${default}." env:"SEND_RATE" default:"30" placeholder:"N"`
	Queue         int     `group:"limits" help:"Questions waiting per chat, and of one person; one more gets \"please wait\". Default: ${default}." env:"QUEUE" default:"20" placeholder:"N"`
	Listen        string  `group:"serving" help:"Where serve answers /healthz and /readyz, and the webhook. Default: ${default}." env:"LISTEN" default:":8080" placeholder:"ADDRESS"`
	Watch         bool    `group:"serving" help:"Reload when the report's file changes; an address is asked every five minutes. Default: off." env:"WATCH"`
	MetricsListen string  `group:"serving" help:"Where serve answers /metrics. Default: 127.0.0.1:9090, if that is free." env:"METRICS_LISTEN" placeholder:"ADDRESS"`
}

// defaultMetricsListen is the default address of /metrics.
const defaultMetricsListen = "127.0.0.1:9090"

// listenForMetrics serves /metrics until stop is called. If no address is set and the
// default one is in use, by another bot or by Prometheus itself, serve runs without
// metrics.
func (o *Options) listenForMetrics(log *slog.Logger, handler http.Handler) (stop func(), err error) {
	if o.MetricsListen != "" {
		return listen("METRICS_LISTEN", o.MetricsListen, handler)
	}
	stop, err = listen("METRICS_LISTEN", defaultMetricsListen, handler)
	if err != nil {
		log.Warn("there are no /metrics", "error", err)
		return func() {}, nil
	}
	return stop, nil
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
