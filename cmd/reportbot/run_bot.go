package main

import (
	"context"
	"errors"
	"log/slog"

	"reportbot/bot"
	"reportbot/bot/telegram"
	"reportbot/store"
)

// runBot runs the bot until env's context ends. turn is nil if the bot is not shared.
func (o *Options) runBot(env *environment, config telegram.Config, log *slog.Logger, turn *turn) error {
	unlock, err := store.LockServing(o.storePath())
	if err != nil {
		return err
	}
	defer unlock()
	s, err := o.openWith(env, o.storePath())
	if err != nil {
		return err
	}
	defer s.Close()
	if turn != nil {
		if err := turn.replicate(env.ctx, o.storePath()); err != nil {
			return err
		}
		defer turn.end()
		config.Shared = turn.shared(o.Sync == syncStrict)
	}
	engine, err := o.newEngine(s, log, o.sharedAnswerOptions(func(err error) { log.Warn("the model", "error", err) }, s)...)
	if err != nil {
		return err
	}
	defer o.runBackground(env.ctx, engine, log)()
	metrics := newMetrics(s)
	config.Log, config.Meter = log, metrics
	transport, err := telegram.New(config, s)
	if err != nil {
		return err
	}
	metrics.watchQueue(transport.Waiting)
	state := &state{store: s, heard: transport.LastContact}
	handler, err := state.handler(o.WebhookURL, transport)
	if err != nil {
		return err
	}
	stopListening, err := listen("LISTEN", o.Listen, handler)
	if err != nil {
		return err
	}
	defer stopListening()
	stopMetrics, err := o.listenForMetrics(log, metrics.handler())
	if err != nil {
		return err
	}
	defer stopMetrics()
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
	conversation := o.bot(name, engine, log)
	conversation.Meter = metrics
	conversation.Running = func() bot.Running {
		return bot.Running{Version: versionText(), Since: started, LastSuccess: transport.LastContact(), Waiting: transport.Waiting(), Holder: turn.holder()}
	}
	talking := bot.New(conversation)
	defer inBackground(env.ctx, func(ctx context.Context) { warnAdmins(ctx, talking, transport.Notify, log) })()
	err = transport.Run(env.ctx, talking)
	log.Info("stopped")
	if env.ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil // SIGTERM while the store was being opened
	}
	return err
}
