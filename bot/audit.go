package bot

import (
	"context"
	"strconv"

	"reportbot/store"
)

// maxAudited is the most entries that /audit shows.
const maxAudited = 20

// admin returns the name of an admin for the audit log and for editions.
func admin(who Sender) string {
	if who.Owner {
		return store.Shell
	}
	return strconv.FormatInt(who.ID, 10)
}

// recordAudit records an admin's action in the audit log.
func (b *Bot) recordAudit(ctx context.Context, who Sender, command string, edition int64) error {
	return b.memory.Record(context.WithoutCancel(ctx), admin(who), command, edition)
}

// audit shows the latest actions of admins.
func (b *Bot) audit(ctx context.Context, in Incoming, _ string) (Message, error) {
	actions, err := b.memory.Audit(ctx, maxAudited)
	if err != nil || len(actions) == 0 {
		return in.reply("audit_empty"), err
	}
	m := titled(in.say("audit_title"))
	for _, a := range actions {
		m.addText(dateTime(a.At, in.language()) + " · " + a.Who + " · " + a.Command)
	}
	return m, nil
}
