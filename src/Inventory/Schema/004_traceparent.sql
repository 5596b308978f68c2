-- The trace of the request that changed the book last, for whoever follows the feed; empty for older rows.
ALTER TABLE book ADD COLUMN traceparent text NOT NULL DEFAULT '';
