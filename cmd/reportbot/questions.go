package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// questionArguments are the arguments of ask and search.
type questionArguments struct {
	Question  []string `arg:"" optional:"" help:"The question."`
	Questions string   `help:"A file of questions: one a line, or JSON lines with a field q if its name ends in .jsonl." placeholder:"FILE" type:"path"`
	JSON      bool     `name:"json" help:"Print one JSON object a line."`
}

// read returns the questions in order.
func (a *questionArguments) read() ([]string, error) {
	question := strings.TrimSpace(strings.Join(a.Question, " "))
	switch {
	case a.Questions != "" && len(a.Question) > 0:
		return nil, usage(errors.New("give either a QUESTION or --questions, not both"))
	case a.Questions != "":
		return readQuestions(a.Questions)
	case question == "":
		return nil, usage(errors.New("the QUESTION is blank"))
	}
	return []string{question}, nil
}

func readQuestions(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, named(path, err)
	}
	defer file.Close()
	var questions []string
	const longest = 1 << 20
	lines := bufio.NewScanner(transform.NewReader(file, unicode.BOMOverride(transform.Nop)))
	lines.Buffer(nil, longest)
	n := 1
	for ; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if strings.EqualFold(filepath.Ext(path), ".jsonl") {
			var object struct {
				Q *string `json:"q"`
			}
			if err := json.Unmarshal([]byte(line), &object); err != nil || object.Q == nil {
				return nil, fmt.Errorf("%s: line %d is not a JSON object with a field q", path, n)
			}
			line = strings.TrimSpace(*object.Q)
		}
		if line != "" {
			questions = append(questions, line)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s: line %d is longer than the limit of %d bytes", path, n, longest)
	} else if err != nil {
		return nil, named(path, err)
	}
	return questions, nil
}
