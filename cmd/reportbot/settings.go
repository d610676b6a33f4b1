package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode"

	"github.com/alecthomas/kong"
	"github.com/joho/godotenv"
	bom "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// readDotEnv sets variables from the .env file, except those already in the environment.
func readDotEnv() error {
	data, err := os.ReadFile(".env")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var values map[string]string
	if err == nil {
		// Editors on Windows write a byte order mark, or UTF-16.
		data, _, err = transform.Bytes(bom.BOMOverride(transform.Nop), data)
	}
	if err == nil {
		values, err = godotenv.UnmarshalBytes(data)
	}
	if err != nil {
		// The library's error quotes the line, which may contain a key.
		reason := errors.New("a line is not NAME=value")
		var cause *fs.PathError
		if errors.As(err, &cause) {
			reason = cause.Err
		}
		return fmt.Errorf(".env: can't be read: %w", reason)
	}
	for name, value := range values {
		if _, set := os.LookupEnv(name); !set {
			if err := os.Setenv(name, value); err != nil {
				return fmt.Errorf(".env: a name or a value can't be set: %w", errors.Unwrap(err))
			}
		}
	}
	return nil
}

// lists are the options with several values.
var lists = map[string]bool{"ADMIN_IDS": true, "ALLOWED_CHATS": true}

// cleanSettings cleans every setting in the environment and in the arguments, which it
// returns. An empty variable counts as unset.
func cleanSettings(flags []*kong.Flag, args []string) []string {
	byName := map[string]*kong.Flag{}
	for _, flag := range flags {
		byName["--"+flag.Name] = flag
		for _, name := range flag.Envs {
			value, set := os.LookupEnv(name)
			if !set {
				continue
			}
			if value = cleanSetting(name, value); value == "" {
				_ = os.Unsetenv(name) // never fails
			} else {
				_ = os.Setenv(name, value)
			}
		}
	}
	cleaned := append([]string{}, args...)
	for i := 0; i < len(cleaned) && cleaned[i] != "--"; i++ {
		name, value, joined := strings.Cut(cleaned[i], "=")
		flag := byName[name]
		if flag == nil || len(flag.Envs) == 0 {
			continue
		}
		switch {
		case joined:
			cleaned[i] = name + "=" + cleanSetting(flag.Envs[0], value)
		case !flag.IsBool() && i+1 < len(cleaned):
			i++
			cleaned[i] = cleanSetting(flag.Envs[0], cleaned[i])
		}
	}
	return cleaned
}

// cleanSetting returns a setting without surrounding white space and other invisible
// characters, and without the quotation marks that Docker's --env-file preserves. The
// values of a list are separated by single commas.
func cleanSetting(variable, value string) string {
	value = trimInvisible(value)
	for _, quote := range []string{`"`, `'`} {
		if len(value) > 1 && strings.HasPrefix(value, quote) && strings.HasSuffix(value, quote) {
			value = trimInvisible(value[1 : len(value)-1])
		}
	}
	if lists[variable] {
		value = strings.Join(strings.FieldsFunc(value, func(c rune) bool { return c == ',' || c == ';' || isInvisible(c) }), ",")
	}
	return value
}

func trimInvisible(s string) string { return strings.TrimFunc(s, isInvisible) }

// isInvisible reports whether a character is invisible: white space, a byte order
// mark, a zero-width or a control character.
func isInvisible(c rune) bool {
	return unicode.IsSpace(c) || unicode.IsControl(c) || unicode.Is(unicode.Cf, c)
}
