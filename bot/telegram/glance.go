package telegram

import (
	"encoding/json"

	"github.com/go-telegram/bot/models"
)

// allowedUpdates are the kinds of updates that Telegram is asked for.
var allowedUpdates = []string{
	models.AllowedUpdateMessage,
	models.AllowedUpdateEditedMessage,
	models.AllowedUpdateCallbackQuery,
	models.AllowedUpdateInlineQuery,
	models.AllowedUpdateMyChatMember,
	models.AllowedUpdateStoppedMessageGeneration,
}

// glance is what must be known of an update before it is read in full.
type glance struct {
	Message *heading        `json:"message"`
	Edited  json.RawMessage `json:"edited_message"`
	Member  *struct {
		Chat chatID `json:"chat"`
		New  struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

// heading is what must be known of a message.
type heading struct {
	Chat        chatID `json:"chat"`
	MigrateTo   int64  `json:"migrate_to_chat_id"`
	MigrateFrom int64  `json:"migrate_from_chat_id"`
	From        struct {
		ID int64 `json:"id"`
	} `json:"from"`
}

type chatID struct {
	ID int64 `json:"id"`
}

// look glances at an update. An edited message is looked at, and returned, as
// a message.
func look(id int64, body []byte) (g glance, read []byte, edited bool, err error) {
	if err := json.Unmarshal(body, &g); err != nil || g.Edited == nil {
		return g, body, false, err
	}
	read, err = json.Marshal(map[string]any{"update_id": id, "message": g.Edited})
	if err == nil {
		err = json.Unmarshal(read, &g)
	}
	return g, read, true, err
}

// shutOut reports whether the update says that the bot may not write in a chat
// any more.
func (g glance) shutOut() bool {
	return g.Member != nil && (g.Member.New.Status == string(models.ChatMemberTypeBanned) || g.Member.New.Status == string(models.ChatMemberTypeLeft))
}

// migration returns the old and the new id of a group that says it has become
// a supergroup; 0 for any other message.
func (g glance) migration() (old, new int64) {
	switch m := g.Message; {
	case m == nil:
		return 0, 0
	case m.MigrateTo != 0:
		return m.Chat.ID, m.MigrateTo
	case m.MigrateFrom != 0:
		return m.MigrateFrom, m.Chat.ID
	}
	return 0, 0
}
