package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"reportbot/bot"
	"reportbot/bot/telegram"
)

type serveCommand struct{}

// Run is the Telegram bot, until it is told to end.
func (c *serveCommand) Run(env *environment, o *Options) error {
	if o.TelegramToken == "" {
		return errors.New("TELEGRAM_BOT_TOKEN is not set; @BotFather gives one")
	}
	if o.SendRate < 0 {
		return fmt.Errorf("SEND_RATE is %v; it must not be negative", o.SendRate)
	}
	path := o.DB
	if path == "" {
		path = defaultDB
	}
	log := slog.New(slog.NewTextHandler(env.err, nil))
	s, err := o.openWith(env.ctx, path)
	if err != nil {
		return err
	}
	defer s.Close()
	engine, err := o.newEngine(s)
	if err != nil {
		return err
	}
	preparing, stopPreparing := context.WithCancel(env.ctx)
	prepared := make(chan struct{})
	go func() {
		defer close(prepared)
		engine.prepare(preparing, func(err error) { log.Warn("embeddings", "error", err) })
	}()
	defer func() { stopPreparing(); <-prepared }()
	transport, err := telegram.New(telegram.Config{Token: o.TelegramToken, URL: o.TelegramURL, SendRate: o.SendRate, Log: log}, s)
	if err != nil {
		return err
	}
	stopHealth, err := serveHealth(o.Listen)
	if err != nil {
		return err
	}
	defer stopHealth()
	live, err := s.Live(env.ctx)
	if err != nil {
		return err
	}
	log.Info("starting", "edition", live.ID, "report", live.Source, "model", engine.answerer.HasModel(), "listen", o.Listen)
	name, err := transport.Connect(env.ctx)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	if err != nil {
		return err
	}
	log.Info("connected", "bot", "@"+name)
	err = transport.Run(env.ctx, bot.New(o.bot(name, engine, log)))
	log.Info("stopped")
	return err
}

// serveHealth answers /healthz at address until the returned function is
// called.
func serveHealth(address string) (stop func(), err error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("LISTEN %s: %w", address, errors.Unwrap(err))
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "ok")
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener) // ends with ErrServerClosed
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = server.Shutdown(ctx)
		<-done
	}, nil
}
