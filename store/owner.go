package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Owner is whose data something is: what is asked belongs to the chat where it was asked,
// and to the person who asked.
type Owner struct {
	Chat   string // the transport's key
	Person string // the transport's key; empty if unknown, or if only the chat is meant
}

// seals returns the owner's seals for a row.
func (o Owner) seals() (asker, place string) { return seal(o.Person), seal(o.Chat) }

// saltLength is the length of a seal's salt, which begins it, in hexadecimal digits.
const saltLength = 16

// seal returns a salted hash of a person's or a chat's key, a different one each time.
// Rows that must not show who asked hold a seal: whoever has the key can find them. The
// seal of an unknown, empty key is empty.
func seal(key string) string {
	if key == "" {
		return ""
	}
	var salt [saltLength / 2]byte
	rand.Read(salt[:]) // never fails
	return sealWith(hex.EncodeToString(salt[:]), key)
}

func sealWith(salt, key string) string { return salt + shortHash(salt+":"+key) }

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// isSealOf reports whether a seal was made from a key.
func isSealOf(seal, key string) bool {
	return key != "" && len(seal) > saltLength && sealWith(seal[:saltLength], key) == seal
}

// voterHash returns a hash by which a person's presses under one exchange's answer are
// known as the same person's.
func voterHash(exchange, person int64) string {
	return shortHash(fmt.Sprintf("%d:%d", exchange, person))
}

// chatOf returns the chat of a thread, which is a chat's key, or one with a slash and a
// topic.
func chatOf(thread string) string {
	chat, _, _ := strings.Cut(thread, "/")
	return chat
}

// ofChat is the condition that a column holds the chat's key ?1, with or without a
// topic. A topic follows a slash; 0 is the character after it.
func ofChat(column string) string {
	return column + ` = ?1 OR ` + column + ` > ?1 || '/' AND ` + column + ` < ?1 || '0'`
}
