package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"reportbot/bot/answer"
	"reportbot/bot/model"
)

// ModelOptions are options for using the model.
type ModelOptions struct {
	ModelWait      time.Duration `group:"model" help:"How long the model may be silent before its first token, for instance while it loads; after that, 30 s of silence end an answer. Default: ${default}." env:"MODEL_WAIT" default:"2m" placeholder:"TIME"`
	Check          string        `group:"model" help:"Who checks the meaning of claims: model, in a separate short call, or rules, which show in the model's words only shortened sentences of the report. Default: ${default}, where a model is connected." env:"CHECK" default:"model" enum:"rules,model" placeholder:"WHO"`
	DailyQuestions uint          `group:"limits" help:"Questions a day that one person may ask the model; then answers quote the report. 0: no limit. Default: ${default}." env:"DAILY_QUESTIONS" default:"0" placeholder:"N"`
	DailyTokens    uint          `group:"limits" help:"Tokens a day of the model for one person; then answers quote the report. 0: no limit. Default: ${default}." env:"DAILY_TOKENS" default:"0" placeholder:"N"`

	DailyGroupQuestions uint    `group:"limits" help:"Questions a day that one group may ask the model; the admins are warned at four fifths. 0: no limit. Default: ${default}." env:"DAILY_GROUP_QUESTIONS" default:"0" placeholder:"N"`
	DailyGroupTokens    uint    `group:"limits" help:"Tokens a day of the model for one group, likewise. 0: no limit. Default: ${default}." env:"DAILY_GROUP_TOKENS" default:"0" placeholder:"N"`
	PriceIn             float64 `group:"model" help:"Dollars for a million tokens that the model reads, for /status. Default: ${default}, no prices." env:"PRICE_IN" default:"0" placeholder:"N"`
	PriceOut            float64 `group:"model" help:"Dollars for a million tokens that the model writes. Default: ${default}." env:"PRICE_OUT" default:"0" placeholder:"N"`
}

// checkByModel is the value of CHECK that lets the model judge claims.
const checkByModel = "model"

// answerOptions returns the options for a command that answers single questions.
func (o *ModelOptions) answerOptions(tell func(error)) []answer.Option {
	options := []answer.Option{answer.WithErrorHandler(tell), answer.WithModelWait(o.ModelWait)}
	if o.Check == checkByModel {
		options = append(options, answer.WithJudge())
	}
	return options
}

// limits returns the daily limits.
func (o *ModelOptions) limits() answer.Limits {
	return answer.Limits{
		Person: answer.Limit{Questions: int(o.DailyQuestions), Tokens: int(o.DailyTokens)},
		Group:  answer.Limit{Questions: int(o.DailyGroupQuestions), Tokens: int(o.DailyGroupTokens)},
	}
}

// sharedAnswerOptions returns the options for the bot, which shares answers between
// people and counts them in ledger.
func (o *ModelOptions) sharedAnswerOptions(tell func(error), ledger answer.Ledger) []answer.Option {
	return append(o.answerOptions(tell), answer.WithSharedAnswers(), answer.WithQuota(ledger, o.limits()))
}

// newModel returns the client of the model's server, nil if none is set. log, if not
// nil, records which features the server supports.
func (o *Options) newModel(log *slog.Logger) (*model.Client, error) {
	switch {
	case o.ModelURL == "" && o.ModelKey == "":
		for _, set := range []struct{ variable, name string }{{"OPENAI_MODEL", o.Model}, {"EMBEDDINGS_MODEL", o.EmbeddingsModel}} {
			if set.name != "" {
				return nil, fmt.Errorf("%s is %q, but neither OPENAI_BASE_URL nor OPENAI_API_KEY is set", set.variable, set.name)
			}
		}
		return nil, nil
	case o.ModelURL == "" && o.Model == "":
		return nil, errors.New("OPENAI_API_KEY alone means OpenAI's own server: set OPENAI_MODEL too")
	}
	if o.ModelWait <= 0 {
		return nil, fmt.Errorf("MODEL_WAIT is %v; it must be positive", o.ModelWait)
	}
	config := model.Config{URL: o.ModelURL, Key: o.ModelKey, Model: o.Model, Wait: o.ModelWait, Log: log}
	switch err := config.Validate(); {
	case errors.Is(err, model.ErrAddress):
		return nil, fmt.Errorf("OPENAI_BASE_URL %q: %w", withoutSecrets(o.ModelURL), err)
	case err != nil:
		return nil, fmt.Errorf("OPENAI_API_KEY: %w", err)
	}
	return model.New(config), nil
}

// modelServer returns the host of the model's server, without credentials; empty if none
// is set.
func (o *Options) modelServer() string {
	if o.ModelURL == "" && o.ModelKey == "" {
		return ""
	}
	return model.Config{URL: o.ModelURL}.Host()
}

// withoutSecrets removes a possible password or key from an invalid address.
func withoutSecrets(address string) string {
	address, _, _ = strings.Cut(strings.TrimSpace(address), "?")
	return address[strings.LastIndex(address, "@")+1:]
}
