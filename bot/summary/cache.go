package summary

import (
	"context"
	"encoding/json"

	"reportbot/store"
)

// cached returns the sections of a stored summary, false if there is none or it
// can't be read.
func (m *Maker) cached(ctx context.Context, key store.SummaryKey) ([]Section, bool) {
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

// cache stores a summary, even if the request was cancelled meanwhile.
func (m *Maker) cache(ctx context.Context, key store.SummaryKey, sections []Section) error {
	content, err := json.Marshal(sections)
	if err != nil {
		return err
	}
	return m.store.SaveSummary(context.WithoutCancel(ctx), key, content)
}
