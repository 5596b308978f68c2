-- The trace of the request that wrote the row, for whoever follows the feed; empty for older rows.
ALTER TABLE review_change ADD COLUMN traceparent text NOT NULL DEFAULT '';
