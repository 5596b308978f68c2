-- Whose order it is: the subject of the customer's tokens; null for a guest's.
ALTER TABLE orders ADD COLUMN customer_id text;

-- Whether the customer's one use of buy two, get one free is in the order.
ALTER TABLE orders ADD COLUMN buy_two_get_one_free_promo boolean NOT NULL DEFAULT FALSE;

-- To compare addresses without regard to case; they are ASCII.
ALTER TABLE orders ADD COLUMN email_key text GENERATED ALWAYS AS (lower(email COLLATE "C")) STORED;

-- Once a customer, also when two checkouts race. An order that is declined or cancelled gives its use back.
CREATE UNIQUE INDEX orders_promotion_use ON orders (customer_id) WHERE buy_two_get_one_free_promo AND state IN ('PENDING', 'PAID');

CREATE INDEX orders_of_customer ON orders (customer_id, order_number) WHERE customer_id IS NOT NULL;
CREATE INDEX orders_of_guest ON orders (email_key) WHERE customer_id IS NULL;
CREATE INDEX orders_paid ON orders (created_at) WHERE state = 'PAID';

-- What promotions took off; in the total already.
CREATE TABLE order_discount (
    order_number bigint NOT NULL REFERENCES orders,
    position integer NOT NULL,
    promotion_id text NOT NULL,
    name text NOT NULL,
    reason text NOT NULL,
    amount_cents bigint NOT NULL CHECK (amount_cents > 0),
    PRIMARY KEY (order_number, position)
);

CREATE INDEX order_discount_by_promotion ON order_discount (promotion_id, order_number);
