package bot

import (
	"context"
	"slices"
	"strconv"
)

// role is who may use a command or a button.
type role int

const (
	anyone role = iota
	// chatAdmins may change their chat's settings: a group's administrators, also
	// anonymous ones, and anybody in private.
	chatAdmins
	// admins are the people in ADMIN_IDS, by numeric id only, and the owner of the
	// terminal. An anonymous administrator of a group never is.
	admins
)

// allows reports whether a sender has a role. It is the one check for every command and
// button.
func (b *Bot) allows(ctx context.Context, who role, sender Sender, out Responder) (bool, error) {
	switch who {
	case anyone:
		return true, nil
	case chatAdmins:
		return out.Administers(ctx)
	}
	return b.isAdmin(sender), nil
}

func (b *Bot) isAdmin(sender Sender) bool {
	return sender.Owner || sender.ID != 0 && !sender.Anonymous && slices.Contains(b.admins, sender.ID)
}

// admitted reports whether the bot answers in a chat: in all chats, or in those of
// ALLOWED_CHATS and in its admins' private chats.
func (b *Bot) admitted(chat string, private bool, sender Sender) bool {
	b.allowedMu.RLock()
	defer b.allowedMu.RUnlock()
	if len(b.allowed) == 0 || sender.Owner || private && b.isAdmin(sender) {
		return true
	}
	return slices.ContainsFunc(b.allowed, func(id int64) bool { return strconv.FormatInt(id, 10) == chat })
}

// ChatMoved records that a chat has a new id: if it was allowed it stays so, and the log
// says how to change ALLOWED_CHATS.
func (b *Bot) ChatMoved(old, new int64) {
	b.allowedMu.Lock()
	defer b.allowedMu.Unlock()
	if !slices.Contains(b.allowed, old) || slices.Contains(b.allowed, new) {
		return
	}
	b.allowed = append(slices.Clip(b.allowed), new)
	b.log.Warn("a chat of ALLOWED_CHATS has got another id; it stays allowed, but the new id should stand there", "old", old, "new", new)
}
