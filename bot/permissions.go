package bot

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"
)

// allows reports whether a sender has a role. All permission checks of commands and
// buttons use it.
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

// chatAllowed reports whether the bot answers in a chat: without ALLOWED_CHATS in all
// chats, else in those listed and in the admins' private chats.
func (b *Bot) chatAllowed(chat string, private bool, sender Sender) bool {
	b.allowedMu.RLock()
	defer b.allowedMu.RUnlock()
	if len(b.allowed) == 0 || sender.Owner || private && b.isAdmin(sender) {
		return true
	}
	return slices.ContainsFunc(b.allowed, func(id int64) bool { return strconv.FormatInt(id, 10) == chat })
}

// ChatMoved allows the new id of a chat whose old id was allowed, and logs how to
// change ALLOWED_CHATS.
func (b *Bot) ChatMoved(old, new int64) {
	b.allowedMu.Lock()
	defer b.allowedMu.Unlock()
	if !slices.Contains(b.allowed, old) || slices.Contains(b.allowed, new) {
		return
	}
	b.allowed = append(slices.Clip(b.allowed), new)
	b.log.Warn("a chat of ALLOWED_CHATS has a new id; it stays allowed until the next start, so replace the old id there", "old", old, "new", new)
}

// maxQuestion is the longest question in characters; Telegram's longest message has
// 4,096.
const maxQuestion = 4096

// mayAsk reports whether a person may ask something in a chat. If not, it sends them the reason.
func (b *Bot) mayAsk(ctx context.Context, in Incoming, asked string, out Responder) (bool, error) {
	if length := utf8.RuneCountInString(asked); length > maxQuestion {
		return false, b.sendPhrase(ctx, in, out, "too_long", "Length", length, "Most", maxQuestion)
	}
	if in.Private || in.settings.asking != adminsOnly {
		return true, nil
	}
	allowed, err := b.allows(ctx, chatAdmins, in.Sender, out)
	if err != nil || allowed {
		return allowed, err
	}
	return false, b.sendPhrase(ctx, in, out, "asking_is_for_admins")
}
