package telegramtest

import (
	"maps"
	"strings"
)

// method is one method of the Bot API: what it takes and what it does.
type method struct {
	name     string
	params   map[string]kind
	required []string
	// run carries the call out with the server's lock held.
	run func(*Server, *request) (any, *apiError)
}

// messageTarget are the parameters all methods that send share.
var messageTarget = map[string]kind{
	"business_connection_id":       notModelled,
	"chat_id":                      kindInt,
	"message_thread_id":            kindInt,
	"direct_messages_topic_id":     notModelled,
	"ephemeral_message_parameters": notModelled,
	"disable_notification":         kindBool,
	"protect_content":              kindBool,
	"allow_paid_broadcast":         kindBool,
	"message_effect_id":            notModelled,
	"suggested_post_parameters":    notModelled,
	"reply_parameters":             kindObject,
	"reply_markup":                 kindObject,
}

// formattedText are the parameters of a text.
var formattedText = map[string]kind{
	"text":                 kindString,
	"parse_mode":           kindString,
	"entities":             notModelled,
	"link_preview_options": kindObject,
}

var methods = index(
	method{name: "getMe", run: (*Server).getMe},

	method{name: "getUpdates", params: map[string]kind{
		"offset": kindInt, "limit": kindInt, "timeout": kindInt, "allowed_updates": kindList,
	}},
	method{name: "setWebhook", run: (*Server).setWebhook, params: map[string]kind{
		"url": kindString, "certificate": notModelled, "ip_address": notModelled, "max_connections": kindInt,
		"allowed_updates": kindList, "drop_pending_updates": kindBool, "secret_token": kindString,
	}},
	method{name: "deleteWebhook", run: (*Server).deleteWebhook, params: map[string]kind{"drop_pending_updates": kindBool}},
	method{name: "getWebhookInfo", run: (*Server).getWebhookInfo},

	method{name: "sendMessage", required: []string{"chat_id", "text"}, run: (*Server).sendMessage,
		params: join(messageTarget, formattedText)},
	method{name: "sendDocument", required: []string{"chat_id", "document"}, run: (*Server).sendDocument,
		params: join(messageTarget, map[string]kind{
			"document": kindFile, "thumbnail": notModelled, "caption": kindString, "parse_mode": kindString,
			"caption_entities": notModelled, "disable_content_type_detection": kindBool,
		})},
	method{name: "sendMessageDraft", required: []string{"chat_id", "draft_id"}, run: (*Server).sendMessageDraft,
		params: map[string]kind{
			"business_connection_id": notModelled, "chat_id": kindInt, "message_thread_id": kindInt,
			"draft_id": kindInt, "text": kindString, "parse_mode": kindString, "entities": notModelled,
			"can_stop": kindBool, "keep_on_stop": notModelled,
		}},
	method{name: "sendChatAction", required: []string{"chat_id", "action"}, run: (*Server).sendChatAction,
		params: map[string]kind{
			"business_connection_id": notModelled, "chat_id": kindInt, "message_thread_id": kindInt, "action": kindString,
		}},
	method{name: "editMessageText", required: []string{"chat_id", "message_id", "text"}, run: (*Server).editMessageText,
		params: join(formattedText, map[string]kind{
			"business_connection_id": notModelled, "chat_id": kindInt, "message_id": kindInt,
			"inline_message_id": notModelled, "rich_message": notModelled, "reply_markup": kindObject,
		})},
	method{name: "deleteMessage", required: []string{"chat_id", "message_id"}, run: (*Server).deleteMessage,
		params: map[string]kind{"chat_id": kindInt, "message_id": kindInt}},

	method{name: "getFile", required: []string{"file_id"}, run: (*Server).getFile, params: map[string]kind{"file_id": kindString}},
	method{name: "answerCallbackQuery", required: []string{"callback_query_id"}, run: (*Server).answerCallbackQuery,
		params: map[string]kind{
			"callback_query_id": kindString, "text": kindString, "show_alert": kindBool,
			"url": notModelled, "cache_time": kindInt,
		}},
	method{name: "answerInlineQuery", required: []string{"inline_query_id", "results"}, run: (*Server).answerInlineQuery,
		params: map[string]kind{
			"inline_query_id": kindString, "results": kindList, "cache_time": kindInt, "is_personal": kindBool,
			"next_offset": kindString, "button": kindObject,
		}},

	method{name: "setMyCommands", required: []string{"commands"}, run: (*Server).setMyCommands,
		params: map[string]kind{"commands": kindList, "scope": kindObject, "language_code": kindString}},
	method{name: "getMyCommands", run: (*Server).getMyCommands,
		params: map[string]kind{"scope": kindObject, "language_code": kindString}},
	method{name: "setMyDescription", run: setProfileText("description", 512),
		params: map[string]kind{"description": kindString, "language_code": kindString}},
	method{name: "getMyDescription", run: getProfileText("description"), params: map[string]kind{"language_code": kindString}},
	method{name: "setMyShortDescription", run: setProfileText("short_description", 120),
		params: map[string]kind{"short_description": kindString, "language_code": kindString}},
	method{name: "getMyShortDescription", run: getProfileText("short_description"),
		params: map[string]kind{"language_code": kindString}},
	method{name: "setChatMenuButton", required: []string{"menu_button"}, run: (*Server).setChatMenuButton,
		params: map[string]kind{"chat_id": notModelled, "menu_button": kindObject}},

	method{name: "getChatMember", required: []string{"chat_id", "user_id"}, run: (*Server).getChatMember,
		params: map[string]kind{"chat_id": kindInt, "user_id": kindInt}},
)

// findMethod finds a method by its name, in any case as Telegram does.
func findMethod(name string) (*method, bool) {
	m, ok := methods[strings.ToLower(name)]
	return m, ok
}

func index(list ...method) map[string]*method {
	byName := make(map[string]*method, len(list))
	for _, m := range list {
		byName[strings.ToLower(m.name)] = &m
	}
	return byName
}

func join(tables ...map[string]kind) map[string]kind {
	all := map[string]kind{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}
