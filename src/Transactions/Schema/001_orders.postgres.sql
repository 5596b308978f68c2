-- Amounts are cents of the order's currency, tax included. The states and their moves are in docs/orders.md.
CREATE TABLE orders (
    order_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id text NOT NULL UNIQUE,
    state text NOT NULL CHECK (state IN ('PENDING', 'PAID', 'DECLINED', 'REFUNDING', 'REFUNDED')),
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    currency text NOT NULL,
    total_cents bigint NOT NULL CHECK (total_cents > 0),
    tax_cents bigint NOT NULL CHECK (tax_cents BETWEEN 0 AND total_cents),
    tax_rate_basis_points integer NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    street text NOT NULL,
    street2 text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    country text NOT NULL,
    reservation_id text NOT NULL,
    card_brand text NOT NULL DEFAULT '',
    card_last_four text NOT NULL DEFAULT '' CHECK (length(card_last_four) IN (0, 4)),
    decline_reason text NOT NULL DEFAULT ''
);

CREATE TABLE order_line (
    order_number bigint NOT NULL REFERENCES orders,
    position integer NOT NULL,
    book_id integer NOT NULL,
    title text NOT NULL,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    unit_price_cents bigint NOT NULL CHECK (unit_price_cents >= 0),
    PRIMARY KEY (order_number, position)
);

-- One row an idempotency key. Without an order the key was given up, and no order can have it any more. As long as lease_until is set there
-- is something to settle with the gateway: by the owner of the lease until then, by anybody after. answer is what every call of the key gets.
CREATE TABLE charge (
    idempotency_key text PRIMARY KEY,
    order_id text UNIQUE REFERENCES orders (order_id) DEFERRABLE INITIALLY DEFERRED,
    content_hash bytea,
    payment_key text,
    answer bytea,
    lease_owner uuid,
    lease_until timestamptz,
    attempts integer NOT NULL DEFAULT 0
);

CREATE INDEX charge_to_settle ON charge (lease_until) WHERE lease_until IS NOT NULL;

-- The feed. An order comes into each state once. Transactions commit out of sequence, so readers go by (xid, event_number) and stay below
-- the oldest transaction that is still running: nothing can appear behind them.
CREATE TABLE order_event (
    event_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    order_number bigint NOT NULL REFERENCES orders,
    state text NOT NULL,
    event_time timestamptz NOT NULL,
    UNIQUE (order_number, state)
);

CREATE INDEX order_event_feed ON order_event (xid, event_number);

-- Receipts to send. due_at is when the next attempt may begin; whoever begins one moves it to when the next may, should he not come back.
CREATE TABLE receipt (
    receipt_id text PRIMARY KEY,
    order_number bigint NOT NULL UNIQUE REFERENCES orders,
    state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'SENT', 'DEAD')),
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    last_error text NOT NULL DEFAULT ''
);

CREATE INDEX receipt_due ON receipt (due_at) WHERE state = 'WAITING';
CREATE INDEX receipt_dead ON receipt (order_number) WHERE state = 'DEAD';
