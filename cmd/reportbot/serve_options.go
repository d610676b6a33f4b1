package main

// ServeOptions are the options of serve alone.
type ServeOptions struct {
	WebhookURL    string  `name:"webhook-url" group:"telegram" help:"The public address to which Telegram delivers updates; serve listens at its path. Default: none, updates are polled." env:"TELEGRAM_WEBHOOK_URL" placeholder:"URL"`
	WebhookSecret string  `group:"telegram" help:"The secret that Telegram sends to the webhook: 1 to 256 of A-Z a-z 0-9 _ -. Default: none; a webhook needs one." env:"TELEGRAM_WEBHOOK_SECRET" placeholder:"SECRET"`
	SendRate      float64 `group:"limits" help:"Messages sent a second over all; 0 lifts this and the limits per chat and group. Default: ${default}." env:"SEND_RATE" default:"30" placeholder:"N"`
	Queue         int     `group:"limits" help:"Questions waiting per chat, and of one person; one more gets \"please wait\". Default: ${default}." env:"QUEUE" default:"20" placeholder:"N"`
	KeepDays      uint    `group:"serving" help:"Days after which serve deletes people's questions. 0: it stores the last 50 questions and answers of each chat, and ratings and unanswered questions for 90 days. Default: ${default}." env:"KEEP_DAYS" default:"0" placeholder:"N"`
	Listen        string  `group:"serving" help:"Where serve answers /healthz and /readyz, and the webhook. Default: ${default}." env:"LISTEN" default:":8080" placeholder:"ADDRESS"`
	Watch         bool    `group:"serving" help:"Reload when the report's file changes; an address is polled every five minutes. Default: off." env:"WATCH"`
	Standby       bool    `group:"standby" help:"Run as one of several serves: wait until this one acquires the lease. Needs a lease. Default: off." env:"STANDBY"`
	Lease         string  `group:"standby" help:"The lease of serves on one machine or a shared disk: a file, created if needed. Default: none." env:"LEASE" placeholder:"FILE"`
	NATSURL       string  `name:"nats-url" group:"standby" help:"The lease of serves on several machines: servers of NATS with JetStream, comma-separated. Default: none." env:"NATS_URL" placeholder:"URL"`
	LeaseName     string  `group:"standby" help:"This serve's name among those that share the lease. Default: the machine's name." env:"LEASE_NAME" placeholder:"NAME"`
	Replica       string  `group:"standby" help:"Where Litestream replicates the store for the next holder of the lease: a folder, or an address such as s3:// or nats://. Default: none, the serves share one store." env:"REPLICA" placeholder:"WHERE"`
	Sync          string  `group:"standby" help:"What waits for the replica: the confirmation of updates to Telegram, or with \"strict\" also each new message. Default: ${default}." env:"SYNC" default:"updates" enum:"updates,strict" placeholder:"WHAT"`
	MetricsListen string  `group:"serving" help:"Where serve answers /metrics. Default: 127.0.0.1:9090, if that is free." env:"METRICS_LISTEN" placeholder:"ADDRESS"`
}

// syncStrict is the value of Sync with which messages wait for the replica too.
const syncStrict = "strict"
