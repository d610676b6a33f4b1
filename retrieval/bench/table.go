package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// table is figures by row and engine, the first of which is ours.
type table struct {
	title   string
	columns []string
	rows    []row
}

type row struct {
	name, format string
	values       []float64
}

func names(engines []engine) []string {
	var names []string
	for _, e := range engines {
		names = append(names, e.name)
	}
	return names
}

// set puts a figure into a row, which is made where it isn't there yet.
func (t *table) set(column int, name, format string, value float64) {
	for i := range t.rows {
		if t.rows[i].name == name {
			t.rows[i].values[column] = value
			return
		}
	}
	r := row{name, format, slices.Repeat([]float64{math.NaN()}, len(t.columns))}
	r.values[column] = value
	t.rows = append(t.rows, r)
}

// cells returns the table as text, its heading first: the figures, then ours
// divided by each of the others.
func (t *table) cells() [][]string {
	heading := append([]string{""}, t.columns...)
	for _, name := range t.columns[1:] {
		heading = append(heading, t.columns[0]+" / "+name)
	}
	cells := [][]string{heading}
	for _, r := range t.rows {
		line := []string{r.name}
		for _, value := range r.values {
			line = append(line, figure(r.format, value))
		}
		for _, value := range r.values[1:] {
			line = append(line, figure("%.2f", r.values[0]/value))
		}
		cells = append(cells, line)
	}
	return cells
}

// figure prints a figure, or that there is none.
func figure(format string, value float64) string {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return "-"
	}
	return fmt.Sprintf(format, value)
}

// write prints the table, aligned or as Markdown.
func (t *table) write(w io.Writer, markdown bool) error {
	var b strings.Builder
	if markdown {
		b.WriteString("**" + t.title + "**\n\n")
		for i, line := range t.cells() {
			b.WriteString("| " + strings.Join(line, " | ") + " |\n")
			if i == 0 {
				b.WriteString("| --- |" + strings.Repeat(" ---: |", len(line)-1) + "\n")
			}
		}
	} else {
		b.WriteString(t.title + "\n")
		cells := t.cells()
		widths := make([]int, len(cells[0]))
		for _, line := range cells {
			for i, cell := range line {
				widths[i] = max(widths[i], utf8.RuneCountInString(cell))
			}
		}
		for _, line := range cells {
			for i, cell := range line {
				pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
				if i == 0 {
					b.WriteString("  " + cell + pad)
				} else {
					b.WriteString("  " + pad + cell)
				}
			}
			b.WriteString("\n")
		}
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
