package main

import (
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"

	"reportbot/bot"
	"reportbot/bot/console"
	"reportbot/store"
)

type chatCommand struct{}

const prompt = "> "

// Run is the chat in the terminal, with the same bot as on Telegram.
func (c *chatCommand) Run(env *environment, o *Options) error {
	o.useLoaded(env)
	path := o.DB
	if path == "" {
		path = store.Memory
	}
	s, err := o.openWith(env, path)
	if err != nil {
		return err
	}
	defer s.Close()
	edition, err := s.Live(env.ctx)
	if err != nil {
		return err
	}
	engine, err := o.newEngine(s, nil, o.sharedAnswerOptions(env.warn, s)...)
	if err != nil {
		return err
	}
	engine.prepare(env.ctx, edition, env.warn)
	quiet := slog.New(slog.NewTextHandler(env.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	conversation := bot.New(o.bot("reportbot", engine, quiet))
	chat := console.Chat{In: env.in, Out: env.out, Conversation: conversation, Language: terminalLanguage()}
	if !isTerminal(env.in) {
		o.printWhichReport(env, edition)
	} else {
		chat.Terminal = isTerminal(env.out) && os.Getenv("TERM") != "dumb"
		chat.Colourless = os.Getenv("NO_COLOR") != ""
		if chat.Terminal {
			editor := console.NewEditor(env.in.(*os.File), env.out.(*os.File), prompt, commandsOf(conversation))
			defer editor.Close()
			chat.Editor, chat.Columns = editor, func() int { return console.Columns(env.out.(*os.File)) }
		} else {
			chat.Prompt = prompt
		}
		banner, err := conversation.Banner(env.ctx, chat.Language, o.origin(edition))
		if err != nil {
			return err
		}
		if err := chat.Show(banner); err != nil {
			return err
		}
		interrupts := make(chan os.Signal, 1)
		signal.Reset(os.Interrupt) // Ctrl-C stops an answer, not the program
		signal.Notify(interrupts, os.Interrupt)
		defer signal.Stop(interrupts)
		chat.Interrupts = interrupts
	}
	return chat.Run(env.ctx)
}

// commandsOf returns the commands that the terminal completes.
func commandsOf(conversation *bot.Bot) []string {
	names := console.Farewells()
	for _, o := range conversation.Menu(bot.Admins, terminalLanguage()) {
		names = append(names, o.Command)
	}
	return names
}

// terminalLanguage is the language set in the terminal's environment, else Vietnamese.
func terminalLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" && !strings.HasPrefix(value, "C") && value != "POSIX" {
			return value
		}
	}
	return ""
}

func isTerminal(in any) bool {
	file, ok := in.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

type defaultCommand struct{}

// Run serves if a Telegram token is set, else chats.
func (c *defaultCommand) Run(env *environment, o *Options) error {
	if o.TelegramToken != "" {
		return (&serveCommand{}).Run(env, o)
	}
	message := "TELEGRAM_BOT_TOKEN is not set: this is the chat in the terminal. Set it to connect Telegram"
	if o.ModelURL == "" && o.ModelKey == "" {
		message += ", and OPENAI_BASE_URL (or OPENAI_API_KEY with OPENAI_MODEL) to connect a language model"
	}
	fmt.Fprintln(env.err, message+".")
	return (&chatCommand{}).Run(env, o)
}
