package telegram

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"log/slog"
	"sync"
)

// Chats stores what concerns whole chats.
type Chats interface {
	// MoveChat moves all that is stored of a chat to its new id.
	MoveChat(ctx context.Context, old, new int64) error
	MovedChats(ctx context.Context) (map[int64]int64, error)
	ForgetChat(ctx context.Context, chat int64) error
}

// chats knows which chats have got another id, and names chats in logs.
type chats struct {
	memory     Chats
	log        *slog.Logger
	secret     []byte               // ids are short enough to be guessed from a plain hash
	joinQueues func(old, new int64) // called when a chat has got another id
	onMoved    func(old, new int64) // like joined, also called for moves of earlier runs; nil: not called

	mu    sync.Mutex
	moved map[int64]int64
}

// loadMoves loads which chats have moved in earlier runs.
func (c *chats) loadMoves(ctx context.Context) error {
	moved, err := c.memory.MovedChats(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved = moved
	for old := range moved {
		c.notifyMoved(old, c.currentLocked(old))
	}
	return nil
}

func (c *chats) notifyMoved(old, new int64) {
	if c.onMoved != nil {
		c.onMoved(old, new)
	}
}

// move records that a chat has got another id.
func (c *chats) move(old, new int64) {
	c.mu.Lock()
	known := c.moved[old] == new
	if !known && old != new {
		c.moved[old] = new
	}
	c.mu.Unlock()
	if known || old == new {
		return
	}
	c.joinQueues(old, new)
	c.notifyMoved(old, new)
	c.log.Info("a group has become a supergroup", "chat", c.name(old), "now", c.name(new))
	if err := c.memory.MoveChat(context.Background(), old, new); err != nil {
		c.log.Error("what is remembered of a group can't be taken to its new id", "chat", c.name(old), "error", err)
	}
}

// now returns a chat's current id.
func (c *chats) current(id int64) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.currentLocked(id)
}

// nowLocked is now for callers that hold the lock.
func (c *chats) currentLocked(id int64) int64 {
	for range len(c.moved) {
		next, moved := c.moved[id]
		if !moved {
			break
		}
		id = next
	}
	return id
}

// forget deletes what is stored of a chat that the bot was removed from or blocked in.
func (c *chats) forget(ctx context.Context, chat int64) {
	c.log.Info("a chat doesn't let the bot write any more; it is forgotten", "chat", c.name(chat))
	if err := c.memory.ForgetChat(ctx, chat); err != nil {
		c.log.Error("a chat can't be forgotten", "chat", c.name(chat), "error", err)
	}
}

// name returns a chat's name in logs: always the same, and nobody can find the chat by
// it.
func (c *chats) name(id int64) string {
	hash := hmac.New(sha256.New, c.secret)
	_ = binary.Write(hash, binary.BigEndian, id) // a hash takes all
	return hex.EncodeToString(hash.Sum(nil)[:6])
}
