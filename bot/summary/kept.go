package summary

import (
	"context"
	"encoding/json"

	"reportbot/store"
)

// kept returns the sections of a summary that was made before. One that can't
// be read is made again.
func (m *Maker) kept(ctx context.Context, key store.SummaryKey) ([]Section, bool) {
	content, err := m.store.Summary(ctx, key)
	if err != nil {
		return nil, false
	}
	var sections []Section
	if json.Unmarshal(content, &sections) != nil || len(sections) == 0 {
		return nil, false
	}
	return sections, true
}

// keep stores a summary for whoever asks next, even if who asked for it has
// stopped meanwhile.
func (m *Maker) keep(ctx context.Context, key store.SummaryKey, sections []Section) error {
	content, err := json.Marshal(sections)
	if err != nil {
		return err
	}
	return m.store.SaveSummary(context.WithoutCancel(ctx), key, content)
}
