package telegramtest

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"
)

// profile is what the bot tells about itself.
type profile struct {
	commands map[string][]Command // by scope and language
	texts    map[string]string    // by field and language
}

func newProfile() profile {
	return profile{commands: map[string][]Command{}, texts: map[string]string{}}
}

// Command is an entry of the bot's command menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Commands returns the menu set for a scope ("default", "all_private_chats",
// ...; for those of one chat "chat -100123" or "chat_member -100123 7") and a
// language, "" being everybody else's.
func (s *Server) Commands(scope, language string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.profile.commands[scope+"/"+language])
}

// ProfileText returns the bot's "description" or "short_description"
// in a language, "" being everybody else's.
func (s *Server) ProfileText(field, language string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile.texts[field+"/"+language]
}

func (s *Server) getMe(*request) (any, *apiError) {
	me := wireUser(s.Me)
	for field, value := range map[string]bool{
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": true,
		"can_connect_to_business": false, "has_main_web_app": false, "has_topics_enabled": false,
	} {
		me[field] = value
	}
	return me, nil
}

var languagePattern = regexp.MustCompile(`^([a-z]{2})?$`)

func readLanguage(r *request) (string, *apiError) {
	language := r.params["language_code"]
	if !languagePattern.MatchString(language) {
		return "", malformed("invalid language code specified").because("language_code %q: two letters or empty", language)
	}
	return language, nil
}

// commandKey reads scope and language of a call about commands.
func commandKey(r *request) (string, *apiError) {
	language, err := readLanguage(r)
	if err != nil {
		return "", err
	}
	scope := struct {
		Type   string `json:"type"`
		ChatID any    `json:"chat_id"`
		UserID int64  `json:"user_id"`
	}{Type: "default"}
	if raw, given := r.params["scope"]; given {
		if err := decodeStrict(raw, &scope); err != nil {
			return "", malformed("can't parse BotCommandScope JSON object").because("scope: %v", err)
		}
	}
	key := scope.Type
	chat := fmt.Sprint(scope.ChatID)
	if n, ok := scope.ChatID.(float64); ok {
		chat = fmt.Sprintf("%.0f", n)
	}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		if scope.ChatID != nil || scope.UserID != 0 {
			return "", malformed("BotCommandScope %s takes no chat or user", scope.Type)
		}
	case "chat", "chat_administrators":
		key += " " + chat
	case "chat_member":
		key += fmt.Sprintf(" %s %d", chat, scope.UserID)
	default:
		return "", malformed("can't parse BotCommandScope: unsupported type specified")
	}
	return key + "/" + language, nil
}

var commandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (s *Server) setMyCommands(r *request) (any, *apiError) {
	key, err := commandKey(r)
	if err != nil {
		return nil, err
	}
	var commands []Command
	if err := decodeStrict(r.params["commands"], &commands); err != nil {
		return nil, malformed("can't parse commands: %v", err).because("commands: %v", err)
	}
	if len(commands) > 100 {
		return nil, malformed("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range commands {
		if !commandName.MatchString(c.Command) {
			return nil, malformed("BOT_COMMAND_INVALID").because("command %q: 1 to 32 of a-z 0-9 _", c.Command)
		}
		if n := utf8.RuneCountInString(c.Description); n < 1 || n > 256 {
			return nil, malformed("BOT_COMMAND_DESCRIPTION_INVALID").because("description of /%s: %d characters, 1 to 256 are allowed", c.Command, n)
		}
	}
	s.profile.commands[key] = commands
	return true, nil
}

func (s *Server) getMyCommands(r *request) (any, *apiError) {
	key, err := commandKey(r)
	if err != nil {
		return nil, err
	}
	if commands := s.profile.commands[key]; commands != nil {
		return commands, nil
	}
	return []Command{}, nil
}

func setProfileText(field string, limit int) func(*Server, *request) (any, *apiError) {
	return func(s *Server, r *request) (any, *apiError) {
		language, err := readLanguage(r)
		if err != nil {
			return nil, err
		}
		text := r.params[field]
		if n := utf8.RuneCountInString(text); n > limit {
			return nil, malformed("%s is too long", field).because("%s of %d characters, %d are allowed", field, n, limit)
		}
		s.profile.texts[field+"/"+language] = text
		return true, nil
	}
}

func getProfileText(field string) func(*Server, *request) (any, *apiError) {
	return func(s *Server, r *request) (any, *apiError) {
		language, err := readLanguage(r)
		if err != nil {
			return nil, err
		}
		text, ok := s.profile.texts[field+"/"+language]
		if !ok {
			text = s.profile.texts[field+"/"]
		}
		return map[string]any{field: text}, nil
	}
}

func (s *Server) setChatMenuButton(r *request) (any, *apiError) {
	var button struct {
		Type string `json:"type"`
	}
	if err := decodeStrict(r.params["menu_button"], &button); err != nil {
		return nil, malformed("can't parse menu button JSON object").because("menu_button: %v", err)
	}
	if button.Type != "commands" && button.Type != "default" {
		return nil, malformed("menu button of type %q is not modelled by this stand-in", button.Type)
	}
	return true, nil
}
