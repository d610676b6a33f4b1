package console

import (
	"reportbot/bot"
	"reportbot/bot/answer"
	"reportbot/bot/intent"
)

// Reply returns the JSON form of the reply to one message. A reply to anything
// but a question about the report's content has the status "answered".
func Reply(r *bot.Reply) answerJSON {
	a := r.Answer
	if a == nil {
		a = &answer.Answer{Question: r.Question, Language: r.Language, Status: answer.Answered, Mode: answer.Extractive}
	}
	wire := Answer(a)
	wire.Intent = string(r.Intent)
	if r.Intent == intent.Question {
		return wire
	}
	if a.Status == answer.Passages {
		wire.Status = string(answer.Answered)
	}
	wire.Text = r.Text()
	return wire
}
