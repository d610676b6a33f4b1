package bot

import (
	"context"
	"strings"
)

// pressHandler runs a button; args is its data after the first colon.
type pressHandler func(b *Bot, ctx context.Context, p Callback, args string, out CallbackResponder) error

// buttons are the bot's buttons by the first word of their data, up to a colon. Never
// change a word: old messages keep their buttons when the program is updated.
var buttons = map[string]struct {
	run pressHandler
	who role
}{
	stopData:     {(*Bot).stopPressed, anyone},
	passageData:  {(*Bot).passagePressed, anyone},
	readData:     {(*Bot).readPressed, anyone},
	contentsData: {(*Bot).contentsPressed, anyone},
	sourcesData:  {(*Bot).sourcesPressed, anyone},
	moreData:     {(*Bot).morePressed, anyone},
	nextData:     {(*Bot).nextPressed, anyone},
	goodData:     {(*Bot).goodPressed, anyone},
	badData:      {(*Bot).badPressed, anyone},
	acceptData:   {(*Bot).acceptPressed, admins},
	discardData:  {(*Bot).discardPressed, admins},
	versionData:  {(*Bot).versionPressed, admins},
	whyData:      {(*Bot).whyPressed, anyone},
	bellData:     {(*Bot).bellPressed, anyone},
	settingData:  {(*Bot).settingPressed, chatAdmins},
	forgetData:   {(*Bot).forgetPressed, chatAdmins},
}

// HandleCallback runs a button. Unknown buttons, which modified clients send, and
// buttons that the person may not use do nothing.
func (b *Bot) HandleCallback(ctx context.Context, p Callback, out CallbackResponder) error {
	name, args, _ := strings.Cut(p.Data, ":")
	button, known := buttons[name]
	if !known || !b.admitted(p.Chat, p.Private, p.Sender) {
		return nil
	}
	set, err := b.memory.Settings(ctx, p.Chat)
	p.settings = settingsOf(set)
	if p.settings.sound == off {
		out = quietCallback{out}
	}
	allowed := false
	if err == nil {
		allowed, err = b.allows(ctx, button.who, p.Sender, out)
	}
	if err == nil && !allowed {
		out.Toast(ctx, say(p.language(), "not_for_you"))
		return nil
	}
	if err == nil {
		err = button.run(b, ctx, p, args, out)
	}
	if err != nil {
		out.Toast(ctx, say(p.language(), "failed"))
	}
	return err
}
