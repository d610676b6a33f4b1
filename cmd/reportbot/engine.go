package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

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

// engine searches passages and answers questions.
type engine struct {
	store    *store.Store
	searcher *retrieval.Searcher
	answerer *answer.Answerer
	reloader *reload.Reloader
	examiner *exam.Examiner
}

// newEngine returns the engine over s, with the model and embeddings of the options.
// log, if not nil, records which features the model's server supports.
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

// newSearcher returns a searcher over s, with the word list next to the report's file
// if there is one.
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

// engineForReading returns the engine of a command that changes no store, and the live
// edition. The caller closes the engine's store.
func (o *Options) engineForReading(env *environment) (*engine, *store.Edition, error) {
	s, err := o.openForReading(env)
	if err != nil {
		return nil, nil, err
	}
	live, err := s.Live(env.ctx)
	var e *engine
	if err == nil {
		e, err = o.newEngine(s, nil, o.answerOptions(env.warn)...)
	}
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	e.prepare(env.ctx, live, env.warn)
	return e, live, nil
}

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

// prepare computes the embeddings of an edition, if an embeddings model is set. If that
// fails, searches use words only.
func (e *engine) prepare(ctx context.Context, edition *store.Edition, tell func(error)) {
	if err := e.searcher.Prepare(ctx, edition); err != nil && ctx.Err() == nil {
		tell(fmt.Errorf("searching by words only: EMBEDDINGS_MODEL: %w", err))
	}
}
