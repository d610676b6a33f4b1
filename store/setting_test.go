package store

import (
	"maps"
	"testing"
)

func TestAChatsSettingsAreItsOwn(t *testing.T) {
	s := openAt(t, Memory)
	set := func(chat, name, value string) {
		t.Helper()
		if err := s.Set(t.Context(), chat, name, value); err != nil {
			t.Fatal(err)
		}
	}
	set("-1", "language", "vi")
	set("-1", "language", "en")
	set("-1", "asking", "admins")
	set("-12", "language", "vi")
	for chat, want := range map[string]map[string]string{
		"-1":  {"language": "en", "asking": "admins"},
		"-12": {"language": "vi"},
		"1":   {},
	} {
		got, err := s.Settings(t.Context(), chat)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("chat %s has set %v, %v; want %v", chat, got, err, want)
		}
	}
}
