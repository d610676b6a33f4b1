package telegram

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"reportbot/store/text/lazyregexp"
)

// maxRetryAfter caps the wait that a reply may request.
const maxRetryAfter = 24 * time.Hour

// normalizeReply returns a Bot API reply in a form that the library can decode; nil if body
// is no such reply. The library fails at any field of an unexpected type; a message that
// was sent would then be sent again.
func normalizeReply(method string, status int, header http.Header, body []byte) []byte {
	reply := readObject(body)
	if reply == nil && status != http.StatusTooManyRequests {
		return nil
	}
	type parameters struct {
		RetryAfter int   `json:"retry_after,omitempty"`
		MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	}
	var read struct {
		OK          bool            `json:"ok"`
		Result      json.RawMessage `json:"result,omitempty"`
		Code        int             `json:"error_code,omitempty"`
		Description string          `json:"description,omitempty"`
		Parameters  parameters      `json:"parameters"`
	}
	if read.OK = reply.flag("ok"); read.OK {
		read.Result = usedFields(method, reply)
	} else {
		read.Description = reply.text("description")
		read.Code = errorCode(reply, status)
		read.Parameters = parameters{
			RetryAfter: int(retryAfter(reply, header) / time.Second),
			MigrateTo:  reply.object("parameters").id("migrate_to_chat_id"),
		}
	}
	body, err := json.Marshal(read)
	if err != nil {
		return nil
	}
	return body
}

// errorCode returns the status of an error reply: its error_code, else the HTTP status,
// else the status that its description begins with.
func errorCode(reply object, status int) int {
	if retryPattern.MatchString(reply.text("description")) {
		return http.StatusTooManyRequests
	}
	if code := reply.id("error_code"); code >= 300 && code < 1000 {
		return int(code)
	}
	if status >= 300 {
		return status
	}
	for _, code := range []int{400, 401, 403, 404, 409, 429} {
		if strings.HasPrefix(reply.text("description"), http.StatusText(code)) {
			return code
		}
	}
	return http.StatusInternalServerError
}

// retryPattern matches the wait in an error's description: as a sentence, or in the form
// of Telegram's own servers (FLOOD_WAIT_12).
var retryPattern = lazyregexp.New(`(?i)(?:retry after |(?:flood|slowmode)_wait_)(\d{1,6})`)

// retryAfter returns how long to wait before the next call, according to an error reply;
// 0 if it has no wait.
func retryAfter(reply object, header http.Header) time.Duration {
	seconds := 0.0
	for _, said := range []string{
		strings.Trim(strings.TrimSpace(string(reply.object("parameters")["retry_after"])), `"`),
		header.Get("Retry-After"),
		retryPattern.ReplaceAllString(retryPattern.FindString(reply.text("description")), "$1"),
	} {
		if n, err := strconv.ParseFloat(said, 64); err == nil && n > 0 {
			seconds = n
			break
		}
	}
	return min(maxRetryAfter, time.Duration(min(seconds, maxRetryAfter.Seconds())*float64(time.Second)).Round(time.Second))
}

// usedFields returns the fields of a call's result that the bot uses; for unknown methods,
// the whole result.
func usedFields(method string, reply object) json.RawMessage {
	result := reply.object("result")
	var need any
	switch method {
	case "sendMessage", "sendDocument", "editMessageText":
		need = map[string]any{"message_id": result.id("message_id")}
	case "getMe":
		if result.id("id") == 0 { // let the library fail: the bot's id must be known
			return reply["result"]
		}
		need = map[string]any{
			"id": result.id("id"), "is_bot": true, "first_name": result.text("first_name"), "username": result.text("username"),
			// The library knows this one by another name.
			"support_inline_queries": result.flag("supports_inline_queries"),
		}
	case "getChatMember":
		status := result.text("status")
		if status != "creator" && status != "administrator" {
			status = "member" // no other difference matters
		}
		need = map[string]any{"status": status, "user": map[string]any{"id": result.object("user").id("id")}}
	case "getWebhookInfo":
		need = map[string]any{"url": result.text("url")}
	case "getFile":
		need = map[string]any{"file_path": result.text("file_path")}
	case "sendChatAction", "sendMessageDraft", "answerCallbackQuery", "answerInlineQuery", "deleteMessage", "setWebhook", "deleteWebhook":
		need = true
	default:
		return reply["result"]
	}
	body, err := json.Marshal(need)
	if err != nil {
		return nil
	}
	return body
}
