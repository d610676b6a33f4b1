-- +goose Up

-- To look through the seals without reading the rows.
CREATE INDEX exchange_by_asker ON exchange (asker);
CREATE INDEX rating_by_asker ON rating (asker);
CREATE INDEX rating_by_place ON rating (place);
CREATE INDEX unanswered_by_asker ON unanswered (asker);
CREATE INDEX unanswered_by_place ON unanswered (place);

-- +goose Down
DROP INDEX unanswered_by_place;
DROP INDEX unanswered_by_asker;
DROP INDEX rating_by_place;
DROP INDEX rating_by_asker;
DROP INDEX exchange_by_asker;
