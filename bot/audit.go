package bot

import (
	"context"
	"strconv"

	"reportbot/store"
)

// mostAudited is the most entries that /audit shows.
const mostAudited = 20

// admin names an admin in the audit log and in editions.
func admin(who Sender) string {
	if who.Owner {
		return store.Shell
	}
	return strconv.FormatInt(who.ID, 10)
}

// audited records an admin's action in the audit log.
func (b *Bot) audited(ctx context.Context, who Sender, command string, edition int64) error {
	return b.memory.Record(context.WithoutCancel(ctx), admin(who), command, edition)
}

// audit shows the latest actions of admins.
func (b *Bot) audit(ctx context.Context, in Incoming, _ string, out Responder) error {
	actions, err := b.memory.Audit(ctx, mostAudited)
	if err != nil {
		return err
	}
	if len(actions) == 0 {
		return b.tell(ctx, in, out, "audit_empty")
	}
	lang := in.language()
	m := Message{Lines: []Line{{{Text: say(lang, "audit_title"), Bold: true}}}}
	for _, a := range actions {
		m.say(dateTime(a.At, lang) + " · " + a.Who + " · " + a.Command)
	}
	return b.show(ctx, out, m)
}
