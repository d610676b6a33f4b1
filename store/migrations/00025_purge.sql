-- +goose Up

-- To find what is too old.
CREATE INDEX exchange_by_time ON exchange (asked_at);
CREATE INDEX rating_by_time ON rating (given_at);

-- +goose Down
DROP INDEX rating_by_time;
DROP INDEX exchange_by_time;
