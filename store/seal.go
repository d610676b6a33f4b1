package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// saltLength is the length of a seal's salt, which begins it, in hexadecimal digits.
const saltLength = 16

// seal returns a salted hash of a person's or a chat's key, another one each time. Rows
// that must not say who asked hold it: given a key, it tells whether it is that one.
// The seal of an unknown, empty key is empty.
func seal(key string) string {
	if key == "" {
		return ""
	}
	var salt [saltLength / 2]byte
	rand.Read(salt[:]) // never fails
	return sealWith(hex.EncodeToString(salt[:]), key)
}

func sealWith(salt, key string) string {
	sum := sha256.Sum256([]byte(salt + ":" + key))
	return salt + hex.EncodeToString(sum[:8])
}

// isSealOf reports whether a seal was made from a key.
func isSealOf(seal, key string) bool {
	return key != "" && len(seal) > saltLength && sealWith(seal[:saltLength], key) == seal
}
