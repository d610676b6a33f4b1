package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
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
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		if strings.HasSuffix(path, ".jsonl") {
			var object struct {
				Q *string `json:"q"`
			}
			if err := json.Unmarshal([]byte(line), &object); err != nil || object.Q == nil {
				return nil, fmt.Errorf("%s: line %d is no JSON object with a field q", path, n)
			}
			line = strings.TrimSpace(*object.Q)
		}
		if line != "" {
			questions = append(questions, line)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, named(path, err)
	}
	return questions, nil
}
