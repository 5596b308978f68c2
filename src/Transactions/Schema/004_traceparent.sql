-- The trace of the request that wrote the row, for whoever works on it later; empty for older rows.
ALTER TABLE charge ADD COLUMN traceparent text NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN traceparent text NOT NULL DEFAULT '';
ALTER TABLE order_event ADD COLUMN traceparent text NOT NULL DEFAULT '';
