-- The trace of the request that wrote the row, for whoever works on it later; empty for older rows.
ALTER TABLE sale ADD COLUMN traceparent text NOT NULL DEFAULT '';
ALTER TABLE cancellation ADD COLUMN traceparent text NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN traceparent text NOT NULL DEFAULT '';
