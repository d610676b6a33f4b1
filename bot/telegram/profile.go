package telegram

import (
	"context"
	"errors"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"reportbot/bot"
)

// profileLanguages are the client languages with a profile of their own; the empty one is
// the default.
var profileLanguages = []string{"", "en"}

// updateProfile sets the bot's commands by audience, its descriptions and its menu button
// if they differ. A failure is only logged: the bot works without.
func (t *runner) updateProfile(ctx context.Context) {
	var failed []error
	changed := false
	show := func(scope models.BotCommandScope, code string, to bot.Audience) error {
		set, err := t.updateMenu(ctx, scope, code, t.conversation.Menu(to, code))
		changed = changed || set
		return err
	}
	for _, code := range profileLanguages {
		failed = append(failed, t.updateDescription(ctx, code), t.updateShortDescription(ctx, code))
		for _, audience := range []struct {
			scope models.BotCommandScope
			to    bot.Audience
		}{
			{&models.BotCommandScopeAllPrivateChats{}, bot.Person},
			{&models.BotCommandScopeAllGroupChats{}, bot.Group},
			{&models.BotCommandScopeAllChatAdministrators{}, bot.GroupAdmins},
		} {
			failed = append(failed, show(audience.scope, code, audience.to))
		}
		for _, admin := range t.admins {
			err := show(&models.BotCommandScopeChat{ChatID: admin}, code, bot.Admins)
			if !errors.Is(err, tg.ErrorBadRequest) { // an admin who has not written to the bot yet
				failed = append(failed, err)
			}
		}
	}
	if changed {
		failed = append(failed, t.setMenuButton(ctx))
	}
	if err := errors.Join(failed...); err != nil && ctx.Err() == nil {
		t.log.Warn("could not update the bot's whole profile", "error", err)
	}
}

// updateMenu sets an audience's commands if they differ, and reports whether it did.
func (t *runner) updateMenu(ctx context.Context, scope models.BotCommandScope, code string, offered []bot.MenuItem) (set bool, err error) {
	var commands []models.BotCommand
	for _, o := range offered {
		commands = append(commands, models.BotCommand{Command: o.Command, Description: o.About})
	}
	err = attempt(ctx, true, func(ctx context.Context) error {
		shown, err := t.api.GetMyCommands(ctx, &tg.GetMyCommandsParams{Scope: scope, LanguageCode: code})
		if err == nil && !slices.Equal(shown, commands) {
			set, err = t.api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: commands, Scope: scope, LanguageCode: code})
		}
		return err
	})
	return set, err
}

func (t *runner) updateDescription(ctx context.Context, code string) error {
	said, _ := t.conversation.Description(code)
	return attempt(ctx, true, func(ctx context.Context) error {
		shown, err := t.api.GetMyDescription(ctx, &tg.GetMyDescriptionParams{LanguageCode: code})
		if err == nil && shown.Description != said {
			_, err = t.api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: said, LanguageCode: code})
		}
		return err
	})
}

func (t *runner) updateShortDescription(ctx context.Context, code string) error {
	_, said := t.conversation.Description(code)
	return attempt(ctx, true, func(ctx context.Context) error {
		shown, err := t.api.GetMyShortDescription(ctx, &tg.GetMyShortDescriptionParams{LanguageCode: code})
		if err == nil && shown.ShortDescription != said {
			_, err = t.api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: said, LanguageCode: code})
		}
		return err
	})
}

// setMenuButton makes the menu button open the commands. That is the default, and the
// library has no call to read the current setting.
func (t *runner) setMenuButton(ctx context.Context) error {
	return attempt(ctx, true, func(ctx context.Context) error {
		_, err := t.api.SetChatMenuButton(ctx, &tg.SetChatMenuButtonParams{
			MenuButton: models.MenuButtonCommands{Type: models.MenuButtonTypeCommands},
		})
		return err
	})
}
