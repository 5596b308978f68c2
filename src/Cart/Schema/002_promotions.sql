-- The column visitor_id of baskets and sales is the subject of the owner's tokens: a visitor's id, or account:<id>.

-- What the shop offers. category and percent belong to the kind PercentOffCategory.
CREATE TABLE promotion (
    promotion_id text PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('BuyTwoGetOneFree', 'PercentOffCategory')),
    from_time timestamptz,
    until_time timestamptz, -- itself excluded
    is_on boolean NOT NULL,
    category text,
    percent integer CHECK (percent BETWEEN 1 AND 90),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CHECK ((kind = 'PercentOffCategory') = (category IS NOT NULL)),
    CHECK ((category IS NULL) = (percent IS NULL))
);

INSERT INTO promotion (promotion_id, name, kind, is_on, created_at, updated_at)
VALUES (
    'buy-two-get-one-free', 'Buy two, get one free', 'BuyTwoGetOneFree', TRUE,
    '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z');

-- The first answer to each CreatePromotion.
CREATE TABLE promotion_creation (
    idempotency_key text PRIMARY KEY,
    request_hash text NOT NULL,
    answer bytea NOT NULL -- booksforyou.cart.v1.CreatePromotionResponse
);

-- A campaign: which accounts were looked at is said by page_token, the place in Accounts' list that comes next.
CREATE TABLE campaign (
    campaign_id text PRIMARY KEY,
    promotion_id text NOT NULL REFERENCES promotion,
    subject text NOT NULL,
    body text NOT NULL,
    page_token text NOT NULL,
    consents bigint NOT NULL,
    seen bigint NOT NULL,
    queued bigint NOT NULL,
    is_done boolean NOT NULL,
    lease bigint NOT NULL, -- who works on it: a later holder has a higher number
    lease_until timestamptz NOT NULL,
    attempts integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE INDEX campaign_unfinished ON campaign (lease_until) WHERE NOT is_done;
