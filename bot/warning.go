package bot

import (
	"context"
	"errors"
	"strconv"
	"time"

	"reportbot/bot/answer"
	"reportbot/store"
)

const (
	// warnAt is the part of a daily limit at which the admins are told.
	warnAt = 0.8
	// warnedSetting is a group's setting with the day on which the admins were told; for
	// people, of whom no single one is named, it is kept under everybody.
	warnedSetting = "limit_warned"
	everybody     = "everybody"
)

// Tell sends a message to a person in private, in their own chat. It returns no error if
// the person doesn't take messages.
type Tell func(ctx context.Context, person int64, m Message) error

// WarnAdmins tells the admins, once a day each, which groups have come near to their daily
// limit, and whether somebody has come near to theirs. Who was told is stored: a kill
// in between at worst repeats it.
func (b *Bot) WarnAdmins(ctx context.Context, tell Tell) error {
	if len(b.admins) == 0 {
		return nil
	}
	var errs []error
	if b.limits.Group != (answer.Limit{}) {
		groups, err := b.memory.UsageTodayByGroup(ctx)
		errs = append(errs, err)
		for _, u := range groups {
			if b.limits.Group.Share(u.Usage) >= warnAt {
				errs = append(errs, b.warnOnce(ctx, u.Of, phrase("warn_group"), u, b.limits.Group, tell))
			}
		}
	}
	if b.limits.Person != (answer.Limit{}) {
		people, err := b.memory.UsageTodayByPerson(ctx)
		errs = append(errs, err)
		for _, u := range people {
			if b.limits.Person.Share(u.Usage) >= warnAt {
				errs = append(errs, b.warnOnce(ctx, everybody, phrase("warn_person"), u, b.limits.Person, tell))
				break
			}
		}
	}
	return errors.Join(errs...)
}

// warnOnce tells all admins, unless they were told of it today.
func (b *Bot) warnOnce(ctx context.Context, about string, key phrase, u store.UsageOf, limit answer.Limit, tell Tell) error {
	today := time.Now().Format(time.DateOnly)
	set, err := b.memory.Settings(ctx, about)
	if err != nil || set[warnedSetting] == today {
		return err
	}
	for _, admin := range b.admins {
		chat := strconv.FormatInt(admin, 10)
		own, err := b.settingsOf(ctx, chat)
		if err != nil {
			return err
		}
		m := textMessage(say(own.language(""), key, "Chat", about, "Percent", int(100*limit.Share(u.Usage)), "Questions", u.Questions, "Tokens", u.Tokens()))
		m.Quiet = own.sound == off
		if err := tell(ctx, admin, m); err != nil {
			return err
		}
	}
	return b.memory.Set(ctx, about, warnedSetting, today)
}
