-- A basket is one row, so that every edit is one statement on it. Items by book number:
-- {"12": {"quantity": 2, "cents": 1999, "currency": "EUR", "added": 1}}; cents and currency are the price when the book was added.
CREATE TABLE basket (
    visitor_id text PRIMARY KEY,
    items jsonb NOT NULL,
    revision bigint NOT NULL, -- counts the edits
    updated_at timestamptz NOT NULL
);

CREATE INDEX basket_by_age ON basket (updated_at);

-- A sale, from the first step to the answer. docs/checkout.md has the states.
CREATE TABLE sale (
    idempotency_key text PRIMARY KEY,
    visitor_id text NOT NULL,
    request_hash text NOT NULL,
    state text NOT NULL CHECK (state IN ('Reserving', 'Charging', 'Committing', 'Refunding', 'Releasing', 'Done')),
    lines jsonb NOT NULL, -- copies by book number: {"12": 2}
    reservation_id text NOT NULL,
    order_id text,
    answer bytea, -- booksforyou.cart.v1.CheckoutResponse
    lease bigint NOT NULL, -- who works on it: a later holder has a higher number
    lease_until timestamptz NOT NULL,
    attempts integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK (state <> 'Done' OR answer IS NOT NULL)
);

-- Two tabs with a key each do not sell one basket twice.
CREATE UNIQUE INDEX sale_under_way ON sale (visitor_id) WHERE answer IS NULL;

CREATE INDEX sale_unfinished ON sale (lease_until) WHERE state <> 'Done';

-- The cancellation of a paid order.
CREATE TABLE cancellation (
    order_id text PRIMARY KEY,
    reservation_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('Refunding', 'Returning', 'Done')),
    lease bigint NOT NULL,
    lease_until timestamptz NOT NULL,
    attempts integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX cancellation_unfinished ON cancellation (lease_until) WHERE state <> 'Done';
