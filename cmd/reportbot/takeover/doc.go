// Package takeover has only tests: of two serves that share a bot, with the real Litestream
// and a real NATS server. It is a module of its own, so that neither is a dependency of
// the program.
package takeover
