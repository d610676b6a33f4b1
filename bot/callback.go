package bot

import (
	"context"
	"errors"
	"strings"

	"reportbot/store"
)

// callbackHandler handles a button; args is its data after the first colon.
type callbackHandler func(b *Bot, ctx context.Context, p Callback, args string, out CallbackResponder) error

// buttons are the bot's buttons by the first word of their data, up to a colon. Never
// change a word: messages of older versions still have buttons with it.
var buttons = map[string]struct {
	run callbackHandler
	who role
}{
	stopData:     {(*Bot).stopPressed, anyone},
	passageData:  {onAnswer((*Bot).passagePressed), anyone},
	readData:     {(*Bot).readPressed, anyone},
	contentsData: {(*Bot).contentsPressed, anyone},
	sourcesData:  {onAnswer((*Bot).sourcesPressed), anyone},
	moreData:     {onAnswer((*Bot).morePressed), anyone},
	nextData:     {(*Bot).nextPressed, anyone},
	goodData:     {onAnswer((*Bot).goodPressed), anyone},
	badData:      {onAnswer((*Bot).badPressed), anyone},
	whyData:      {onAnswer((*Bot).whyPressed), anyone},
	bellData:     {onAnswer((*Bot).bellPressed), anyone},
	acceptData:   {onEdition((*Bot).acceptPressed), admins},
	discardData:  {onEdition((*Bot).discardPressed), admins},
	versionData:  {onEdition((*Bot).versionPressed), admins},
	settingData:  {(*Bot).settingPressed, chatAdmins},
	forgetData:   {(*Bot).forgetPressed, chatAdmins},
}

// onAnswer returns the handler of a button under an answer, whose data begins with the
// exchange's id; rest is the data after it. It checks that the exchange is in the
// button's thread.
func onAnswer(run func(b *Bot, ctx context.Context, p Callback, e store.Exchange, rest string, out CallbackResponder) error) callbackHandler {
	return func(b *Bot, ctx context.Context, p Callback, args string, out CallbackResponder) error {
		id, rest, _ := strings.Cut(args, ":")
		ids, ok := parseNumbers(id, 1)
		if !ok {
			return store.ErrNotFound
		}
		e, err := b.memory.Exchange(ctx, ids[0])
		if err != nil {
			return err
		}
		if !p.in(e.Thread) {
			return store.ErrNotFound
		}
		return run(b, ctx, p, e, rest, out)
	}
}

// onEdition returns the handler of a button whose data is an edition's id.
func onEdition(run func(b *Bot, ctx context.Context, p Callback, edition int64, out CallbackResponder) error) callbackHandler {
	return func(b *Bot, ctx context.Context, p Callback, args string, out CallbackResponder) error {
		id, ok := editionNumber(args)
		if !ok {
			return nil
		}
		return run(b, ctx, p, id, out)
	}
}

// HandleCallback handles a button. It ignores unknown buttons, which modified clients
// send, and buttons that the person may not use.
func (b *Bot) HandleCallback(ctx context.Context, p Callback, out CallbackResponder) error {
	name, args, _ := strings.Cut(p.Data, ":")
	button, known := buttons[name]
	if !known || !b.chatAllowed(p.Chat, p.Private, p.Sender) {
		return nil
	}
	var err error
	p.settings, err = b.settingsOf(ctx, p.Chat)
	if p.settings.sound == off {
		out = quietCallback{out}
	}
	answered := &toastRecorder{CallbackResponder: out}
	out = answered
	allowed := false
	if err == nil {
		allowed, err = b.allows(ctx, button.who, p.Sender, out)
	}
	if err == nil && !allowed {
		out.Toast(ctx, p.say("not_for_you"))
		return nil
	}
	if err == nil {
		err = button.run(b, ctx, p, args, out)
	}
	switch {
	case err == nil || errors.Is(err, ErrRequeued):
		return err
	case answered.toasted: // there is only one toast
		return b.explainFailure(ctx, p.incoming(), out, err)
	case errors.Is(err, store.ErrNotFound):
		out.Toast(ctx, p.say("forgotten"))
		return nil
	}
	out.Toast(ctx, p.say("failed"))
	return err
}

// toastRecorder records whether a toast was shown. An error of Replace is an errShow.
type toastRecorder struct {
	CallbackResponder
	toasted bool
}

func (r *toastRecorder) Toast(ctx context.Context, said string) {
	r.toasted = true
	r.CallbackResponder.Toast(ctx, said)
}

func (r *toastRecorder) Replace(ctx context.Context, m Message) error {
	if err := r.CallbackResponder.Replace(ctx, m); err != nil {
		return errors.Join(errShow, err)
	}
	return nil
}

// quietCallback is a CallbackResponder whose messages make no sound.
type quietCallback struct{ CallbackResponder }

func (q quietCallback) Working(ctx context.Context, note Message) error {
	return quiet{q.CallbackResponder}.Working(ctx, note)
}

func (q quietCallback) Final(ctx context.Context, m Message) (int, error) {
	return quiet{q.CallbackResponder}.Final(ctx, m)
}
