package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/store"
	"reportbot/store/report"
	"reportbot/store/text"
)

// askedForSources is the topic of a message that asks for the sources of the last
// answer.
const askedForSources = "sources"

// aboutReport answers a question about the report itself from the file's metadata, or
// says what is missing there.
func (b *Bot) aboutReport(ctx context.Context, lang text.Language, topic intent.Topic, edition *store.Edition) (Message, error) {
	name := title(edition, lang)
	var m Message
	switch topic {
	case "author":
		if len(edition.Authors) == 0 {
			m.addText(say(lang, "report_no_authors", "Title", name))
		} else {
			m.addText(say(lang, "report_by", "Title", name, "Authors", enumerated(lang, edition.Authors)))
		}
		m.dated(lang, edition)
	case "date":
		if edition.Date == "" {
			m.addText(say(lang, "report_no_date", "Title", name))
			break
		}
		m.addText(say(lang, "report_dated", "Title", name, "Date", date(edition.Date, lang)))
	case "cutoff":
		return b.cutoff(ctx, lang, edition)
	case "notes", askedForSources:
		m.addText(say(lang, "report_notes", "Footnotes", edition.Footnotes))
	case "title":
		m.addText(say(lang, "report_titled", "Title", name))
	case "sections":
		if len(edition.Sections) == 0 {
			m.addText(say(lang, "report_no_sections"))
			break
		}
		m.addText(say(lang, "report_has_sections", "Count", len(edition.Sections)))
		m.numbered(edition.Sections)
		m.addText(say(lang, "report_sections_hint"))
	case "length":
		m.addText(say(lang, "report_length", "Paragraphs", edition.Paragraphs, "Sentences", edition.Sentences, "Sections", len(edition.Sections), "Footnotes", edition.Footnotes))
	case "language":
		return b.reportLanguage(ctx, lang, edition)
	case "subject":
		return b.subject(ctx, lang, edition)
	default:
		return reportMessage(lang, edition), nil
	}
	return m, nil
}

// subject says what the report is about: its title, its sections, and a quotation of
// its beginning.
func (b *Bot) subject(ctx context.Context, lang text.Language, edition *store.Edition) (Message, error) {
	m := textMessage(say(lang, "report_subject", "Title", title(edition, lang)))
	first, err := b.quoteFirst(ctx, lang, edition, func(p store.Passage, _ report.Sentence) bool {
		return len(edition.Sections) == 0 || p.Section == edition.Sections[0]
	})
	if len(first) > 0 {
		m.addText(say(lang, "report_begins"))
		m.Lines = append(m.Lines, first...)
	}
	m.sections(lang, edition)
	m.gap()
	m.addText(say(lang, "report_summary_hint"))
	return m, err
}

// quoteFirst quotes an edition's first sentence for which wanted is true; nil if there is none.
func (b *Bot) quoteFirst(ctx context.Context, lang text.Language, edition *store.Edition, wanted func(store.Passage, report.Sentence) bool) ([]Line, error) {
	for p, err := range b.memory.Read(ctx, edition.ID) {
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(p.Sentences, func(s report.Sentence) bool { return wanted(p, s) })
		if at < 0 {
			continue
		}
		claim := answer.Quote(p.Sentences[at], p.Paragraph, p.Entry)
		notes, err := b.footnotes(ctx, edition.ID, claim.Footnotes)
		return claimLines(lang, answer.Extractive, []answer.Claim{claim}, notes), err
	}
	return nil, nil
}

// cutoff quotes the report's sentence on the date of its data.
func (b *Bot) cutoff(ctx context.Context, lang text.Language, edition *store.Edition) (Message, error) {
	quoted, err := b.quoteFirst(ctx, lang, edition, func(_ store.Passage, s report.Sentence) bool {
		return len(text.Dates(s.Text, text.Words(s.Text))) > 0 && intent.SaysCutoff(s.Text)
	})
	if len(quoted) > 0 {
		m := textMessage(say(lang, "report_cutoff"))
		m.Lines = append(m.Lines, quoted...)
		return m, err
	}
	m := textMessage(say(lang, "report_no_cutoff"))
	m.dated(lang, edition)
	return m, err
}

var languageNames = map[text.Language]phrase{
	text.Vietnamese: phrase("tongue_vi"), text.English: phrase("tongue_en"), text.Russian: phrase("tongue_ru"), text.Korean: phrase("tongue_ko"),
}

// reportLanguage says in which language the report is written.
func (b *Bot) reportLanguage(ctx context.Context, lang text.Language, edition *store.Edition) (Message, error) {
	count := map[text.Language]int{}
	for p, err := range b.memory.Read(ctx, edition.ID) {
		if err != nil {
			return Message{}, err
		}
		count[text.LanguageOf(p.Text(), text.Vietnamese)]++
	}
	most := text.Vietnamese
	for _, l := range []text.Language{text.English, text.Russian, text.Korean} {
		if count[l] > count[most] {
			most = l
		}
	}
	return textMessage(say(lang, "report_language", "Language", say(lang, languageNames[most]))), nil
}

func (b *Bot) hasModel() bool {
	with, ok := b.asker.(interface{ HasModel() bool })
	return ok && with.HasModel()
}

// aboutBot answers a question about the bot.
func (b *Bot) aboutBot(ctx context.Context, in Incoming, topic intent.Topic, edition *store.Edition) (Message, error) {
	lang := in.language()
	switch topic {
	case "how", "what", "commands":
		return b.helpMessage(ctx, in, edition)
	case "questions":
		m := textMessage(say(lang, "bot_questions"))
		err := b.addSamples(ctx, &m, lang, edition)
		return m, err
	case "privacy":
		return b.privacyMessage(in), nil
	case "model":
		if b.hasModel() {
			return textMessage(say(lang, "bot_model")), nil
		}
		return textMessage(say(lang, "bot_no_model")), nil
	}
	name := ""
	if edition != nil {
		name = title(edition, lang)
	}
	return textMessage(say(lang, cmp.Or(botPhrases[topic], phrase("bot_who")), "Title", name)), nil
}

var botPhrases = map[intent.Topic]phrase{
	"who": phrase("bot_who"), "made_by": phrase("bot_made_by"), "cost": phrase("bot_cost"), "human": phrase("bot_human"),
	"language": phrase("bot_language"), inAnotherLanguage: phrase("bot_language"),
	"settings": phrase("bot_settings"), briefer: phrase("bot_settings"), fuller: phrase("bot_settings"),
	"sources": phrase("bot_sources"), "trust": phrase("bot_trust"),
}

// WhichReport returns a line with the report's title and, unless whence is empty, its
// origin.
func WhichReport(lang text.Language, edition *store.Edition, whence string) Message {
	line := Line{{Text: say(lang, "banner_report", "Title", title(edition, lang)), Bold: true}}
	if whence != "" {
		line = append(line, Span{Text: " (" + whence + ")"})
	}
	return Message{Lines: []Line{line}}
}

// Banner returns a terminal's first lines: the report, its origin unless whence is
// empty, and three example questions. client is the terminal's language.
func (b *Bot) Banner(ctx context.Context, client, whence string) (Message, error) {
	edition, err := b.live(ctx)
	if err != nil {
		return Message{}, err
	}
	lang := clientLanguage(client)
	m := WhichReport(lang, edition, whence)
	m.addText(say(lang, "banner_samples"))
	err = b.addSamples(ctx, &m, lang, edition)
	m.addText(say(lang, "banner_end"))
	return m, err
}

// smallTalkPhrases are the replies to small talk by topic.
var smallTalkPhrases = map[intent.Topic]phrase{
	"hello": phrase("hello"), "thanks": phrase("youre_welcome"), "praise": phrase("talk_praise"), "ok": phrase("talk_ok"),
	"laugh": phrase("talk_laugh"), "bye": phrase("talk_bye"), "exit": phrase("talk_bye"), "howareyou": phrase("talk_how_are_you"),
	"love": phrase("talk_praise"), "test": phrase("talk_test"), "mash": phrase("talk_unclear"), "sorry": phrase("talk_sorry"),
	intent.Wordless: phrase("write_a_question"),
}

// smallTalk replies to small talk. After a complaint it asks what was wrong with the
// last answer, if there is one.
func (b *Bot) smallTalk(ctx context.Context, in Incoming, wish intent.Intent) (Message, error) {
	switch wish.Topic {
	case intent.Number:
		return in.reply("talk_number", "N", strings.Trim(wish.Text, "#().!?")), nil
	case "complaint":
		e, err := b.lastExchange(ctx, in)
		if errors.Is(err, store.ErrNotFound) || in.Thread == "" {
			return in.reply("talk_complaint"), nil
		}
		if err != nil {
			return Message{}, err
		}
		m := in.reply("talk_sorry_why")
		m.Buttons = reasonButtons(in.language(), e.ID)
		return m, nil
	}
	return in.reply(cmp.Or(smallTalkPhrases[wish.Topic], phrase("talk_unclear"))), nil
}
