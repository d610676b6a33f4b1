package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"reportbot/store"
	"reportbot/store/reload"
	"reportbot/store/report"
)

// Options are the options that all commands share.
type Options struct {
	Report          string  `group:"report" help:"The report: a file, a folder (its newest readable report), or an http(s) address. Default: the embedded report." env:"REPORT" placeholder:"WHERE"`
	DB              string  `name:"db" group:"report" help:"The SQLite store. Default: reportbot.db for serve and the admins' commands, and for the others if it has a report; else in memory." env:"DB" placeholder:"FILE"`
	TelegramToken   string  `group:"telegram" help:"The bot's token." env:"TELEGRAM_BOT_TOKEN" placeholder:"TOKEN"`
	TelegramURL     string  `name:"telegram-url" group:"telegram" help:"A local Bot API server. Default: Telegram's own." env:"TELEGRAM_API_URL" placeholder:"URL"`
	Admins          []int64 `group:"telegram" help:"Telegram user ids of the admins, comma-separated. Default: none." env:"ADMIN_IDS" placeholder:"ID"`
	AllowedChats    []int64 `group:"telegram" help:"Ids of the chats where the bot answers, comma-separated. Default: all." env:"ALLOWED_CHATS" placeholder:"ID"`
	ModelURL        string  `name:"model-url" group:"model" help:"An OpenAI-compatible server, with /v1. Default: no model; with a key, OpenAI's own." env:"OPENAI_BASE_URL" placeholder:"URL"`
	ModelKey        string  `group:"model" help:"The server's key. Default: none." env:"OPENAI_API_KEY" placeholder:"KEY"`
	Model           string  `group:"model" help:"The model's name. Default: the first that the server lists for chat." env:"OPENAI_MODEL" placeholder:"NAME"`
	EmbeddingsModel string  `group:"model" help:"An embeddings model of the same server, to search by meaning too. Default: none." env:"EMBEDDINGS_MODEL" placeholder:"NAME"`

	ModelOptions
	ServeOptions
}

// defaultDB is the store of serve and the admins' commands.
const defaultDB = "reportbot.db"

// storePath is the store of serve and the admins' commands.
func (o *Options) storePath() string { return cmp.Or(o.DB, defaultDB) }

// refuseOutput returns an error if standard output or error is the store's file, as
// with `export >> reportbot.db`.
func (o *Options) refuseOutput() error {
	for name, path := range map[string]string{"output": "/dev/stdout", "error": "/dev/stderr"} {
		if store.IsStore(o.storePath(), path) {
			return fmt.Errorf("%s: standard %s would overwrite the store; redirect it elsewhere", o.storePath(), name)
		}
	}
	return nil
}

// location returns the location of the report.
func (o *Options) location() string {
	if o.Report == "" {
		return report.Embedded
	}
	return o.Report
}

// openForReading returns a store for a command that only reads: the one at DB, or one
// in memory with the report.
func (o *Options) openForReading(env *environment) (*store.Store, error) {
	o.useLoaded(env)
	if o.DB == "" || o.Report != "" {
		return o.openWith(env, store.Memory)
	}
	return openLive(env.ctx, o.DB)
}

// openLive opens the store at path for reading. It must have a live edition.
func openLive(ctx context.Context, path string) (*store.Store, error) {
	s, err := store.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	if _, err := s.Live(ctx); err != nil {
		s.Close()
		if errors.Is(err, store.ErrNotFound) {
			return nil, fmt.Errorf("%s: no report has been loaded into this store; run `reportbot load`", path)
		}
		return nil, err
	}
	return s, nil
}

// useLoaded chooses the store in the working directory if neither a store nor a report
// is given and that store has a report.
func (o *Options) useLoaded(env *environment) {
	if o.DB != "" || o.Report != "" {
		return
	}
	if _, err := os.Stat(defaultDB); err != nil {
		return
	}
	s, err := openLive(env.ctx, defaultDB)
	if err != nil {
		env.warn(fmt.Errorf("the embedded report is used: %w", err))
		return
	}
	s.Close()
	o.DB = defaultDB
}

// origin returns the origin of an edition, empty for the embedded report.
func (o *Options) origin(edition *store.Edition) string {
	switch {
	case o.DB != "" && o.DB != store.Memory && o.Report == "":
		return o.DB
	case edition.Source == report.Embedded:
		return ""
	}
	return edition.Source
}

// printWhichReport prints on standard error which report is used.
func (o *Options) printWhichReport(env *environment, edition *store.Edition) {
	line := "reportbot: the report is “" + edition.Title + "”"
	if edition.Title == "" {
		line = "reportbot: the report has no title"
	}
	if from := o.origin(edition); from != "" {
		line += ", from " + from
	} else {
		line += ", which is built in; --report takes another"
	}
	fmt.Fprintln(env.err, line)
}

// openWith returns the store at path with a live edition. It loads the report if no
// edition is live, or if the report's content has changed since it was last loaded;
// so an admin's rollback survives a restart. If the report can't be read, it prints
// the error, and the live edition stays.
func (o *Options) openWith(env *environment, path string) (*store.Store, error) {
	s, err := store.Open(env.ctx, path)
	if err != nil {
		return nil, err
	}
	if err := o.ensureReport(env, s); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (o *Options) ensureReport(env *environment, s *store.Store) error {
	ctx := env.ctx
	live, err := s.Live(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if live != nil && o.Report == "" && live.Source != report.Embedded {
		return nil // a report is live and --report is not set
	}
	reloader := reload.New(s, o.location())
	_, err = reloader.Reload(ctx, "", nil)
	for errors.Is(err, store.ErrLoading) && ctx.Err() == nil {
		time.Sleep(retryLoad)
		_, err = reloader.Reload(ctx, "", nil)
	}
	if err != nil && live != nil && ctx.Err() == nil {
		env.warn(fmt.Errorf("REPORT can't be loaded, edition %d stays live: %w", live.ID, err))
		return nil
	}
	return err
}

// retryLoad is the pause before trying again while another program is loading.
const retryLoad = 100 * time.Millisecond
