package model

import (
	"strings"

	"reportbot/store/text/lazyregexp"

	"github.com/sashabaranov/go-openai"
)

// defaultModel is the name for servers that list no models.
const defaultModel = "default"

// notForChat matches the lower-case names of models that are not for chat.
var notForChat = lazyregexp.New(`embed|rerank|cross-encoder|colbert|moderation|whisper|transcri|` +
	`dall-?e|diffusion|\bsdxl|\bimage|imagen|\bsora|\bveo\b|video|realtime|parakeet|musicgen|` +
	`(^|[/_.-])(tts|stt|asr|bge|e5|gte|clip|ocr|flux|kokoro|speech|audio|orpheus|xtts|voxtral-mini-tts|minilm|guard)([/_.:0-9-]|$)|all-minilm|llama-guard|prompt-guard|` +
	`sentence-transformers|ada-002|(^|/)(davinci|babbage)-002|turbo-instruct`)

// forChat and forElse are the purposes of models in lists.
var (
	forChat = lazyregexp.New(`chat|completion|generat|\bllms?\b|\bvlm\b|language|conversational|text2text|text-to-text|->text`)
	forElse = lazyregexp.New(`embed|rerank|rank|feature.extraction|similarity|classif|moderation|image|audio|speech|transcri|translat|video|tts|stt|asr|diffusion`)
)

// modelsOf reads a list of models in any of its forms, and returns those for chat in
// order.
func modelsOf(value any) openai.ModelsList {
	var list openai.ModelsList
	for _, entry := range entriesOf(value) {
		name, _ := entry.(string)
		o, _ := entry.(map[string]any)
		for _, field := range []string{"id", "name", "model", "key", "model_name"} {
			if name == "" {
				name, _ = o[field].(string)
			}
		}
		if name = strings.TrimSpace(name); name != "" && isForChat(name, o) {
			list.Models = append(list.Models, openai.Model{ID: name})
		}
	}
	return list
}

func entriesOf(value any) []any {
	switch value := value.(type) {
	case []any:
		return value
	case map[string]any:
		for _, field := range []string{"data", "models", "result", "results", "items"} {
			switch entries := value[field].(type) {
			case []any:
				return entries
			case map[string]any:
				return entriesOf(entries)
			}
		}
	}
	return nil
}

// isForChat reports whether a model is for chat, which is assumed unless its entry in
// the list or its name indicates another purpose.
func isForChat(name string, o map[string]any) bool {
	if active, ok := o["active"].(bool); ok && !active {
		return false
	}
	if architecture, ok := o["architecture"].(map[string]any); ok {
		for _, field := range []string{"output_modalities", "modality"} {
			if outputs := wordsIn(architecture[field]); outputs != "" {
				_, after, found := strings.Cut(outputs, "->")
				if !found {
					after = outputs
				}
				return strings.Contains(after, "text") && !notForChat.MatchString(strings.ToLower(name))
			}
		}
	}
	for _, field := range []string{"capabilities", "type", "model_type", "task", "pipeline_tag", "supported_endpoint_types", "endpoints", "supportedGenerationMethods", "mode"} {
		said := wordsIn(o[field])
		switch {
		case forChat.MatchString(said):
			return !notForChat.MatchString(strings.ToLower(name))
		case forElse.MatchString(said):
			return false
		}
	}
	return !notForChat.MatchString(strings.ToLower(name))
}

// wordsIn returns in lower case a word, the words of a list, or the names of an
// object's true fields.
func wordsIn(value any) string {
	switch value := value.(type) {
	case string:
		return strings.ToLower(value)
	case []any:
		words := ""
		for _, part := range value {
			words += wordsIn(part) + " "
		}
		return strings.TrimSpace(words)
	case map[string]any:
		words := ""
		for name, is := range value {
			if is == true {
				words += strings.ToLower(name) + " "
			} else if inner, ok := is.(map[string]any); ok && inner["supported"] == true {
				words += strings.ToLower(name) + " "
			}
		}
		return strings.TrimSpace(words)
	}
	return ""
}
