// Echobot is the bot that go-telegram's documentation begins with: it sends
// back what it is sent, and keeps nothing. The load test measures it beside
// reportbot, as what the library and the server allow at most.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	bot, err := tg.New(os.Getenv("TELEGRAM_BOT_TOKEN"), tg.WithServerURL(os.Getenv("TELEGRAM_API_URL")), tg.WithDefaultHandler(echo))
	if err != nil {
		fmt.Fprintln(os.Stderr, "echobot:", err)
		os.Exit(1)
	}
	bot.Start(ctx)
}

func echo(ctx context.Context, bot *tg.Bot, update *models.Update) {
	_, err := bot.SendMessage(ctx, &tg.SendMessageParams{
		ChatID: update.Message.Chat.ID, Text: update.Message.Text, ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: tg.True()},
		ReplyParameters:    &models.ReplyParameters{MessageID: update.Message.ID},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "echobot:", err)
	}
}
