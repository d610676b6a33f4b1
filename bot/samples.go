package bot

import (
	"context"

	"reportbot/store"
	"reportbot/store/text"
)

// mostSamples is how many questions on the report's content are shown as examples.
const mostSamples = 3

// samples returns example questions that the bot answers well: on the report's content,
// a summary, and one on the report itself.
func (b *Bot) samples(ctx context.Context, lang text.Language, edition *store.Edition) ([]string, error) {
	if edition == nil {
		return nil, nil
	}
	asked, err := b.sampleQuestions(ctx, edition)
	if err != nil {
		return nil, err
	}
	var samples []string
	for _, q := range asked {
		samples = append(samples, q.Question)
	}
	if len(edition.Sections) > 1 {
		samples = append(samples, say(lang, "sample_section", "N", min(2, len(edition.Sections))))
	} else {
		samples = append(samples, say(lang, "sample_summary"))
	}
	return append(samples, say(lang, "sample_author")), nil
}

// sampleQuestions returns questions on the report's content, in the report's language.
func (b *Bot) sampleQuestions(ctx context.Context, edition *store.Edition) ([]store.ExamQuestion, error) {
	if b.examiner == nil {
		return nil, nil
	}
	return b.examiner.Samples(ctx, edition, mostSamples)
}

// greet says what the bot is for, with buttons for some questions if the report has sat
// its exam.
func (b *Bot) greet(ctx context.Context, in Incoming, edition *store.Edition, out Responder) error {
	m := textMessage(say(in.language(), "start", "Title", title(edition, in.language())))
	asked, err := b.sampleQuestions(ctx, edition)
	if err != nil {
		return err
	}
	for _, q := range asked {
		if q.ID != 0 {
			m.Buttons = append(m.Buttons, questionButton(q))
		}
	}
	return b.show(ctx, out, m)
}
