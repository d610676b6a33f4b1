package main

import (
	"io"
	"strings"
)

// leastSecret is the length below which a key is a placeholder, such as "none":
// to hide it would spoil every line with that word.
const leastSecret = 8

// withoutSecrets returns a writer to w that puts *** in the place of secrets:
// servers quote keys in their errors. Each line has to be one write.
func withoutSecrets(w io.Writer, secrets ...string) io.Writer {
	var pairs []string
	for _, secret := range secrets {
		if len(secret) >= leastSecret {
			pairs = append(pairs, secret, "***")
		}
	}
	return &redactor{w, strings.NewReplacer(pairs...)}
}

type redactor struct {
	to     io.Writer
	hidden *strings.Replacer
}

func (r *redactor) Write(p []byte) (int, error) {
	if _, err := r.hidden.WriteString(r.to, string(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}
