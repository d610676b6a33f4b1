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
	// warnAt is the share of a daily limit at which the admins are warned.
	warnAt = 0.8
	// warnedSetting is a group's setting with the day of the last warning. Warnings
	// about people name no one, so their day is stored under everybody.
	warnedSetting = "limit_warned"
	everybody     = "everybody"
)

// SendPrivate sends a message to a person's private chat. It returns nil if the
// bot may not write to the person.
type SendPrivate func(ctx context.Context, person int64, m Message) error

// WarnAdmins warns the admins, once a day each, about groups that are near their daily
// limit, and if any person is near theirs. The day of a warning is stored after it was
// sent, so a crash can repeat it.
func (b *Bot) WarnAdmins(ctx context.Context, send SendPrivate) error {
	if len(b.admins) == 0 {
		return nil
	}
	var errs []error
	if b.limits.Group != (answer.Limit{}) {
		groups, err := b.memory.UsageTodayByGroup(ctx)
		errs = append(errs, err)
		for _, u := range groups {
			if b.limits.Group.Share(u.Usage) >= warnAt {
				errs = append(errs, b.warnOnce(ctx, u.Of, phrase("warn_group"), u, b.limits.Group, send))
			}
		}
	}
	if b.limits.Person != (answer.Limit{}) {
		people, err := b.memory.UsageTodayByPerson(ctx)
		errs = append(errs, err)
		for _, u := range people {
			if b.limits.Person.Share(u.Usage) >= warnAt {
				errs = append(errs, b.warnOnce(ctx, everybody, phrase("warn_person"), u, b.limits.Person, send))
				break
			}
		}
	}
	return errors.Join(errs...)
}

// warnOnce warns all admins, unless they were warned today.
func (b *Bot) warnOnce(ctx context.Context, about string, key phrase, u store.UsageOf, limit answer.Limit, send SendPrivate) error {
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
		if err := send(ctx, admin, m); err != nil {
			return err
		}
	}
	return b.memory.Set(ctx, about, warnedSetting, today)
}
