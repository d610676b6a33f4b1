package model_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"reportbot/bot/model"
	"reportbot/bot/model/modeltest"
)

// answering is a transport that answers every request with one response.
type answering struct {
	status int
	body   string
}

func (a answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(a.body))}, nil
}

// Any response is read to its end, and no error contains the key.
func FuzzWhateverAServerSendsIsRead(f *testing.F) {
	for _, odd := range modeltest.OddErrors {
		f.Add(503, odd.Body)
		f.Add(200, odd.Body)
	}
	for _, body := range []string{
		"data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\ndata: [DONE]\r\n\r\n", "{\"choices\":[{\"message\":{\"content\":[{\"text\":\"a\"}]}}]}",
		"event: error\ndata: error: error: {\n\n", "error: error: x", "data: data: data:", "[[[]]]", "[{\"error\":[{\"error\":\"x\"}]}]", "\ufeff", "data: {\n\n", ": ping\n\n",
		"{\"data\":[{\"embedding\":\"AAAA\",\"index\":9}]}", "{\"data\":{\"data\":{\"data\":[1,2]}}}", "{\"models\":[\"a\",{\"name\":7}]}", "id " + key,
	} {
		f.Add(200, body)
		f.Add(400, body)
	}
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 200 || status > 599 || status/100 == 3 {
			return
		}
		c := model.New(model.Config{URL: "http://models.example/v1", Key: key, Transport: answering{status, body}, Wait: time.Second})
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		_, _, err := ask(ctx, c)
		if err != nil && strings.Contains(err.Error(), key) {
			t.Errorf("it tells the key: %v", err)
		}
		if ctx.Err() != nil {
			t.Error("it takes too long")
		}
	})
}
