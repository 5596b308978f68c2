-- The trace of the request that wrote the row, for whoever works on it later; empty for older rows.
ALTER TABLE mail ADD COLUMN traceparent text NOT NULL DEFAULT '';
ALTER TABLE account_deletion ADD COLUMN traceparent text NOT NULL DEFAULT '';
