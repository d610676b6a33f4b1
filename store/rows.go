package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"time"
)

// querier is a transaction or a pool of connections.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// In each, row and their like, into returns where Scan puts the columns of a row.

// each yields the rows of a query. It ends after an error.
func each[T any](ctx context.Context, q querier, into func(*T) []any, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var value T
			err := rows.Scan(into(&value)...)
			if !yield(value, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

func collect[T any](rows iter.Seq2[T, error]) (values []T, err error) {
	for value, err := range rows {
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

// row returns the one row of a query, else sql.ErrNoRows.
func row[T any](ctx context.Context, q querier, into func(*T) []any, query string, args ...any) (T, error) {
	var value, none T
	if err := q.QueryRowContext(ctx, query, args...).Scan(into(&value)...); err != nil {
		return none, err
	}
	return value, nil
}

// single is the destination of rows with one column.
func single[T any](value *T) []any { return []any{value} }

// tx is the transaction of a change, or of several reads. After a failure its methods do
// nothing and return zero values, so that a change need not look at each error.
type tx struct {
	ctx context.Context
	sql *sql.Tx
	err error // the first failure; a change that refuses sets it
}

// exec executes a statement and returns how many rows it changed.
func (t *tx) exec(query string, args ...any) (changed int64) {
	if t.err != nil {
		return 0
	}
	result, err := t.sql.ExecContext(t.ctx, query, args...)
	if err == nil {
		changed, err = result.RowsAffected()
	}
	t.err = err
	return changed
}

// execOne is exec for a statement that must change a row: ErrNotFound if it changes none.
func (t *tx) execOne(query string, args ...any) {
	if t.exec(query, args...) == 0 && t.err == nil {
		t.err = ErrNotFound
	}
}

// listIn is list in a transaction.
func listIn[T any](t *tx, into func(*T) []any, query string, args ...any) (values []T) {
	if t.err == nil {
		values, t.err = collect(each(t.ctx, t.sql, into, query, args...))
	}
	return values
}

// getIn is get in a transaction. Without a row it fails.
func getIn[T any](t *tx, into func(*T) []any, query string, args ...any) (value T) {
	if t.err == nil {
		value, t.err = row(t.ctx, t.sql, into, query, args...)
	}
	return value
}

// column is a destination for Scan that converts SQLite's value.
type column func(value any) error

// Scan implements sql.Scanner.
func (c column) Scan(value any) error { return c(value) }

// asTime reads Unix seconds; 0 leaves the zero time.
func asTime(into *time.Time) column {
	return func(value any) error {
		seconds, ok := value.(int64)
		if !ok {
			return fmt.Errorf("%v is no time", value)
		}
		*into = time.Time{}
		if seconds != 0 {
			*into = time.Unix(seconds, 0)
		}
		return nil
	}
}

// asJSON decodes JSON.
func asJSON[T any](into *T) column {
	return func(value any) error {
		switch encoded := value.(type) {
		case string:
			return json.Unmarshal([]byte(encoded), into)
		case []byte:
			return json.Unmarshal(encoded, into)
		}
		return fmt.Errorf("%v is no JSON", value)
	}
}

// array returns v as a JSON array, [] for nil.
func array[T any](v []T) string {
	if len(v) == 0 {
		return "[]"
	}
	encoded, err := json.Marshal(v)
	if err != nil {
		panic("store: strings and numbers always encode: " + err.Error())
	}
	return string(encoded)
}
