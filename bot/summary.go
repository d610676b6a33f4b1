package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"reportbot/bot/answer"
	"reportbot/bot/intent"
	"reportbot/bot/summary"
	"reportbot/store/text"
)

// summary sends a summary of the report, a section, or a topic.
func (b *Bot) summary(ctx context.Context, in Incoming, args string, out Responder) error {
	if allowed, err := b.maySummarize(ctx, in, args, out); err != nil || !allowed {
		return err
	}
	edition, err := b.live(ctx)
	if err != nil {
		return err
	}
	request, missing := summaryRequest(args, edition.Sections, in.language())
	if missing != 0 {
		return b.show(ctx, out, sectionUnknown(in.language(), missing, edition))
	}
	return b.summarize(ctx, in, request, out)
}

// maySummarize reports whether whoever wrote wish may have a summary here. If not, it
// says why.
func (b *Bot) maySummarize(ctx context.Context, in Incoming, wish string, out Responder) (bool, error) {
	if !in.Private && in.settings.sums == off {
		return false, b.sendPhrase(ctx, in, out, "no_summaries")
	}
	return b.mayAsk(ctx, in, wish, out)
}

// summarize makes a summary, and stores and sends it.
func (b *Bot) summarize(ctx context.Context, in Incoming, request summary.Request, out Responder) error {
	request.Chat, request.Person, request.Group = in.Chat, in.Sender.key(), !in.Private
	return b.produce(ctx, in, "summarizing", out, func(ctx context.Context, show func(Message)) (product, error) {
		s, err := b.summarizer.Summarize(ctx, request, func(done, of int) {
			show(textMessage(in.say("summarizing") + "\n" + progressBar(done, of)))
		})
		if err != nil {
			return product{}, err
		}
		heading := summaryHeading(s, request)
		return product{&s.Answer, exchangeOf(in, heading, 0, &s.Answer), func(ctx context.Context, hideNotice bool) Message {
			return b.withEvidence(ctx, renderSummary(s, request, b.noteLinker(in, s.Edition.ID), hideNotice), &s.Answer)
		}}, nil
	})
}

// summaryRequest reads what to sum up, and how. missing is the requested section number
// if the report doesn't have it, else 0.
func summaryRequest(wish string, sections []string, lang text.Language) (request summary.Request, missing int) {
	scope := intent.ReadScope(wish, sections, lang)
	return summary.Request{
		Section: scope.Section, Topic: scope.Topic, Points: scope.Points, Language: scope.Language,
		Length: summary.Length(cmp.Or(scope.Length, intent.Medium)),
	}, scope.Missing
}

// barWidth is the number of blocks of a progress bar.
const barWidth = 10

func progressBar(done, of int) string {
	full := barWidth * done / max(of, 1)
	return fmt.Sprintf("%s%s %d/%d", strings.Repeat("▓", full), strings.Repeat("░", barWidth-full), done, of)
}

// summaryHeading returns the title of a summary.
func summaryHeading(s *summary.Summary, request summary.Request) string {
	switch {
	case request.Topic != "":
		return say(s.Language, "summary_of_topic", "Topic", request.Topic)
	case request.Section != "":
		return say(s.Language, "summary_of_section", "Section", request.Section)
	}
	return say(s.Language, "summary_of_report", "Title", title(s.Edition, s.Language))
}

// renderSummary returns a summary as a message: its statements by section, then its
// sources; open is as in sourceLines. hideNotice leaves out the notice that no model is
// set.
func renderSummary(s *summary.Summary, request summary.Request, open func(n int) string, hideNotice bool) Message {
	if s.Status == answer.NotInReport {
		return render(&s.Answer, nil, hideNotice)
	}
	m := summaryBody(s, request, hideNotice)
	m.sources(s.Language, s.Footnotes, open)
	return m
}

// summaryBody is renderSummary without the sources. A statement without footnotes has
// its paragraph's number.
func summaryBody(s *summary.Summary, request summary.Request, hideNotice bool) Message {
	if s.Status == answer.NotInReport {
		return Message{Lines: body(&s.Answer)}
	}
	m := titled(summaryHeading(s, request))
	if notice := summaryNotice(s, hideNotice); notice != "" {
		m.addText(notice)
	}
	for _, section := range s.Sections {
		m.gap()
		if section.Title != request.Section {
			m.bold(section.Title)
		}
		for i, line := range claimLines(s.Language, section.Mode, section.Claims, s.Footnotes) {
			line = slices.Insert(line, 0, Span{Text: "• "})
			if claim := section.Claims[i]; len(claim.Footnotes) == 0 {
				line = append(line, Span{Text: " (" + say(s.Language, "at_paragraph", "N", claim.Paragraphs[0]) + ")"})
			}
			m.Lines = append(m.Lines, line)
		}
	}
	return m
}

// summaryNotice returns in one line why a summary isn't entirely by the model; "" if it
// is.
func summaryNotice(s *summary.Summary, hideNotice bool) string {
	var notice []string
	if s.Notice != answer.NoNotice && !(hideNotice && s.Notice == answer.NoModel) {
		notice = append(notice, say(s.Language, phrase(s.Notice)))
	}
	if slices.ContainsFunc(s.Sections, func(section summary.Section) bool { return section.Mode == answer.Extractive }) {
		notice = append(notice, say(s.Language, "in_quotation_marks"))
	}
	return strings.Join(notice, " ")
}
