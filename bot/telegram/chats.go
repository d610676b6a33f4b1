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

// Chats stores chat migrations and deletes the data of chats.
type Chats interface {
	// MoveChat moves all stored data of a chat to its new id.
	MoveChat(ctx context.Context, old, new int64) error
	MovedChats(ctx context.Context) (map[int64]int64, error)
	ForgetChat(ctx context.Context, chat int64) error
}

// chats tracks chats whose id has changed, and names chats in logs.
type chats struct {
	memory     Chats
	log        *slog.Logger
	secret     []byte               // ids are short enough to be guessed from a plain hash
	joinQueues func(old, new int64) // called when a chat's id changes
	onMoved    func(old, new int64) // like joinQueues, also called for moves of earlier runs; nil: not called

	mu    sync.Mutex
	moved map[int64]int64
}

// loadMoves loads the id changes of earlier runs.
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

// move records that a chat's id has changed.
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
		c.log.Error("can't move a group's stored data to its new id", "chat", c.name(old), "error", err)
	}
}

// current returns a chat's current id.
func (c *chats) current(id int64) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.currentLocked(id)
}

// currentLocked is current for callers that hold the lock.
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
	c.log.Info("the bot was removed or blocked; the chat is forgotten", "chat", c.name(chat))
	if err := c.memory.ForgetChat(ctx, chat); err != nil {
		c.log.Error("can't delete a chat's data", "chat", c.name(chat), "error", err)
	}
}

// name returns a chat's name in logs, a keyed hash of its id: stable, but the chat can't
// be found by it.
func (c *chats) name(id int64) string {
	hash := hmac.New(sha256.New, c.secret)
	_ = binary.Write(hash, binary.BigEndian, id) // a hash takes all
	return hex.EncodeToString(hash.Sum(nil)[:6])
}
