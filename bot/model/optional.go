package model

import (
	"errors"
	"math"
	"net/http"
	"strings"
	"sync"

	"github.com/sashabaranov/go-openai"
)

// optional are the fields of a request that it can do without: some servers,
// and some models, refuse one of them.
type optional struct {
	mu      sync.Mutex
	without map[string]bool
}

// The fields by their names in the request.
const (
	temperatureField   = "temperature"
	streamOptionsField = "stream_options"
)

// fill sets the fields that haven't been refused.
func (o *optional) fill(request *openai.ChatCompletionRequest) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.without[streamOptionsField] {
		request.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	if !o.without[temperatureField] {
		// The library leaves a plain 0 out of the request.
		request.Temperature = math.SmallestNonzeroFloat32
		if openai.NewReasoningValidator().Validate(*request) != nil {
			request.Temperature = 0 // a model that takes none
		}
	}
}

// refused reports whether a server refused a field that the request has: then
// it will be left out.
func (o *optional) refused(request openai.ChatCompletionRequest, err error) bool {
	status, said := refusal(err)
	if status != http.StatusBadRequest && status != http.StatusUnprocessableEntity {
		return false
	}
	for field, sent := range map[string]bool{
		temperatureField:   request.Temperature != 0,
		streamOptionsField: request.StreamOptions != nil,
	} {
		if sent && strings.Contains(said, field) {
			o.mu.Lock()
			defer o.mu.Unlock()
			if o.without == nil {
				o.without = map[string]bool{}
			}
			o.without[field] = true
			return true
		}
	}
	return false
}

// refusal returns the status of an error, and all that the server said.
func refusal(err error) (status int, said string) {
	var api *openai.APIError
	if errors.As(err, &api) {
		if said = api.Message; api.Param != nil {
			said += " " + *api.Param
		}
		return api.HTTPStatusCode, said
	}
	var request *openai.RequestError
	if errors.As(err, &request) {
		return request.HTTPStatusCode, string(request.Body)
	}
	return 0, ""
}
