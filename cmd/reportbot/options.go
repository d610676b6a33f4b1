package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/correction"
	"reportbot/bot/exam"
	"reportbot/bot/summary"
	"reportbot/bot/verify"
	"reportbot/retrieval"
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
	AllowedChats    []int64 `group:"telegram" help:"Ids of the chats that the bot speaks in, comma-separated. Default: all." env:"ALLOWED_CHATS" placeholder:"ID"`
	ModelURL        string  `name:"model-url" group:"model" help:"An OpenAI-compatible server, with /v1. Default: no model; with a key, OpenAI's own." env:"OPENAI_BASE_URL" placeholder:"URL"`
	ModelKey        string  `group:"model" help:"The server's key. Default: none." env:"OPENAI_API_KEY" placeholder:"KEY"`
	Model           string  `group:"model" help:"The model's name. Default: the first that the server lists for chat." env:"OPENAI_MODEL" placeholder:"NAME"`
	EmbeddingsModel string  `group:"model" help:"An embeddings model of the same server, to search by meaning too. Default: none." env:"EMBEDDINGS_MODEL" placeholder:"NAME"`

	ModelOptions
	ServeOptions
}

// defaultDB is the store of serve and the admins' commands.
const defaultDB = "reportbot.db"

// refuseOutput returns an error if the output goes into the store, as with
// `export >> reportbot.db`.
func (o *Options) refuseOutput() error {
	for name, path := range map[string]string{"output": "/dev/stdout", "error": "/dev/stderr"} {
		if store.IsStore(o.storePath(), path) {
			return fmt.Errorf("%s: is where standard %s goes; send that elsewhere, the store would be destroyed", o.storePath(), name)
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
		env.tell(fmt.Errorf("the embedded report is used: %w", err))
		return
	}
	s.Close()
	o.DB = defaultDB
}

// whence returns the origin of an edition, empty for the embedded report.
func (o *Options) whence(edition *store.Edition) string {
	switch {
	case o.DB != "" && o.DB != store.Memory:
		return o.DB
	case edition.Source == report.Embedded:
		return ""
	}
	return edition.Source
}

// sayReport prints on standard error which report is used.
func (o *Options) sayReport(env *environment, edition *store.Edition) {
	said := "reportbot: the report is “" + edition.Title + "”"
	if edition.Title == "" {
		said = "reportbot: the report has no title"
	}
	if from := o.whence(edition); from != "" {
		said += ", from " + from
	} else {
		said += ", which is built in; --report takes another"
	}
	fmt.Fprintln(env.err, said)
}

// openWith returns the store at path with a live edition. It loads the report if
// nothing is live, or if the report's content has changed since it was last loaded;
// so an admin's rollback survives a restart. If the report can't be read, it prints
// why, and the live edition stays.
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
		return nil // a report was loaded, and no other is given
	}
	reloader := reload.New(s, o.location())
	_, err = reloader.Reload(ctx, "", nil)
	for errors.Is(err, store.ErrLoading) && ctx.Err() == nil {
		time.Sleep(retryLoad)
		_, err = reloader.Reload(ctx, "", nil)
	}
	if err != nil && live != nil && ctx.Err() == nil {
		env.tell(fmt.Errorf("REPORT can't be loaded, edition %d stays live: %w", live.ID, err))
		return nil
	}
	return err
}

// retryLoad is the pause before trying again while another program is loading.
const retryLoad = 100 * time.Millisecond

// engine is what finds passages and answers questions.
type engine struct {
	store    *store.Store
	searcher *retrieval.Searcher
	answerer *answer.Answerer
	reloader *reload.Reloader
	examiner *exam.Examiner
}

// newEngine returns the engine over s, with the model and embeddings of the options.
// log, if not nil, receives what is learned about the model's server.
func (o *Options) newEngine(s *store.Store, log *slog.Logger, how ...answer.Option) (*engine, error) {
	server, err := o.newModel(log)
	if err != nil {
		return nil, err
	}
	searcher, err := o.newSearcher(s)
	if err != nil {
		return nil, err
	}
	byWords, err := o.newSearcher(s) // exams ask for no embeddings
	if err != nil {
		return nil, err
	}
	if o.EmbeddingsModel != "" {
		searcher.UseEmbeddings(server.Embeddings(o.EmbeddingsModel), s)
	}
	var model answer.Model
	if server != nil { // a nil *model.Client in a Model would not be nil
		model = server
	}
	return &engine{s, searcher, answer.New(s, searcher, model, how...), reload.New(s, o.location()), exam.New(s, byWords)}, nil
}

// newSearcher returns a searcher over s, with the word list beside the report, if
// there is one.
func (o *Options) newSearcher(s *store.Store) (*retrieval.Searcher, error) {
	if o.Report == "" || strings.HasPrefix(o.Report, "http://") || strings.HasPrefix(o.Report, "https://") {
		return retrieval.New(s), nil
	}
	folder := o.Report
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		folder = filepath.Dir(folder)
	}
	path := filepath.Join(folder, report.WordList)
	file, err := os.Open(path)
	if err != nil {
		return retrieval.New(s), nil // no word list
	}
	defer file.Close()
	searcher, err := retrieval.NewWith(s, file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return searcher, nil
}

// engineForReading returns the engine of a command that changes no store. The caller
// closes its store.
func (o *Options) engineForReading(env *environment) (*engine, error) {
	s, err := o.openForReading(env)
	if err != nil {
		return nil, err
	}
	e, err := o.newEngine(s, nil, o.answerOptions(env.tell)...)
	if err != nil {
		s.Close()
		return nil, err
	}
	e.prepare(env.ctx, env.tell)
	return e, nil
}

// started is the time at which the program started.
var started = time.Now()

// bot returns the bot's configuration.
func (o *Options) bot(name string, e *engine, log *slog.Logger) bot.Config {
	return bot.Config{
		Name: name, Asker: e.answerer, Finder: e.searcher, Memory: e.store, Reloader: e.reloader, Log: log,
		Running: func() bot.Running { return bot.Running{Version: versionText(), Since: started} },
		Admins:  o.Admins, AllowedChats: o.AllowedChats,
		Summarizer:  summary.New(e.store, e.searcher, e.answerer),
		Verifier:    verify.New(e.store, e.searcher, e.answerer),
		Examiner:    e.examiner,
		Corrections: correction.New(e.store, e.searcher.Concepts()),
		Privacy:     bot.Privacy{KeepDays: int(o.KeepDays), ModelServer: o.modelServer()},
		Limits:      o.limits(), Prices: bot.Prices{In: o.PriceIn, Out: o.PriceOut},
	}
}

// prepare computes the embeddings of the live edition, if an embeddings model is set.
// If that fails, searches use words only.
func (e *engine) prepare(ctx context.Context, tell func(error)) {
	edition, err := e.store.Live(ctx)
	if err == nil {
		err = e.searcher.Prepare(ctx, edition)
	}
	if err != nil && ctx.Err() == nil {
		tell(fmt.Errorf("searching by words only: EMBEDDINGS_MODEL: %w", err))
	}
}
