package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// row is one row of a result: *sql.Row or *sql.Rows.
type row interface{ Scan(into ...any) error }

// querier is a transaction or a pool of connections.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// list scans each row of a query. Its errors are explained.
func list[T any](ctx context.Context, s *Store, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	values, err := listIn(ctx, s.read, scan, query, args...)
	return values, s.explain(err)
}

// listIn is list in a transaction; its errors are not explained.
func listIn[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []T
	for rows.Next() {
		value, err := scan(rows)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return values, nil
}

// get scans the one row of a query; ErrNotFound if there is none. Its errors are
// explained.
func get[T any](ctx context.Context, s *Store, scan func(row) (T, error), query string, args ...any) (T, error) {
	value, err := scan(s.read.QueryRowContext(ctx, query, args...))
	if err != nil {
		var zero T
		return zero, s.explain(err)
	}
	return value, nil
}

// pairs returns the rows of a query with two columns as a map.
func pairs[K comparable, V any](ctx context.Context, s *Store, query string, args ...any) (map[K]V, error) {
	type pair struct {
		key   K
		value V
	}
	rows, err := list(ctx, s, func(r row) (p pair, err error) {
		return p, r.Scan(&p.key, &p.value)
	}, query, args...)
	if err != nil {
		return nil, err
	}
	values := make(map[K]V, len(rows))
	for _, p := range rows {
		values[p.key] = p.value
	}
	return values, nil
}

// scanOne reads rows of one column.
func scanOne[T any](r row) (value T, err error) {
	err = r.Scan(&value)
	return value, err
}

// orNotFound returns ErrNotFound for a statement that changed no row.
func orNotFound(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	if changed, err := result.RowsAffected(); err != nil || changed > 0 {
		return err
	}
	return ErrNotFound
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
