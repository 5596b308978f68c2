-- How many copies there are. Neither this table nor those below refer to book with a foreign key: checking it would lock the row of
-- a popular book for every reservation of it. A row here is never deleted.
CREATE TABLE stock (
    book_id integer PRIMARY KEY,
    category integer NOT NULL, -- the book's, for the order by sales
    on_hand integer NOT NULL CHECK (on_hand BETWEEN 0 AND 1000000000),
    reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold bigint NOT NULL DEFAULT 0,
    sales_rank bigint GENERATED ALWAYS AS (-sold) STORED,
    CHECK (reserved <= on_hand)
) WITH (fillfactor = 80);

CREATE INDEX stock_by_sales ON stock (sales_rank, book_id);
CREATE INDEX stock_by_category_and_sales ON stock (category, sales_rank, book_id);

-- The ledger: what is on hand is the sum of a book's entries. Entries are only ever added.
CREATE TABLE stock_entry (
    entry_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id integer NOT NULL,
    create_time timestamptz NOT NULL,
    delta integer NOT NULL CHECK (delta <> 0),
    reason text NOT NULL,
    reference text NOT NULL -- the reservation or adjustment that it belongs to
);

CREATE INDEX stock_entry_by_book ON stock_entry (book_id, entry_id);

CREATE TABLE stock_adjustment (
    adjustment_id text PRIMARY KEY,
    book_id integer NOT NULL,
    delta integer NOT NULL,
    reason text NOT NULL,
    available integer NOT NULL -- the answer that was given
);

CREATE TABLE reservation (
    reservation_id text PRIMARY KEY,
    state integer NOT NULL CHECK (state BETWEEN 1 AND 5), -- 1 held, 2 committed, 3 released, 4 expired, 5 returned
    expire_time timestamptz NOT NULL
);

CREATE INDEX reservation_held_by_expire_time ON reservation (expire_time) WHERE state = 1;

CREATE TABLE reservation_line (
    reservation_id text NOT NULL REFERENCES reservation (reservation_id),
    book_id integer NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (reservation_id, book_id)
);

-- The books whose stock is not what the ledger and the live reservations add up to. There are none, whatever happens: what is
-- available is the sum of the entries less what live reservations hold, and is not negative.
CREATE VIEW stock_discrepancy AS
SELECT stock.book_id, on_hand, reserved, ledger_total, held
FROM (
    SELECT
        book_id,
        coalesce((SELECT sum(delta) FROM stock_entry WHERE stock_entry.book_id = stock.book_id), 0) AS ledger_total,
        coalesce(held.quantity, 0) AS held
    FROM stock
    LEFT JOIN (
        SELECT book_id, sum(quantity) AS quantity
        FROM reservation
        JOIN reservation_line USING (reservation_id)
        WHERE state = 1
        GROUP BY book_id
    ) AS held USING (book_id)
) AS counted
JOIN stock USING (book_id)
WHERE on_hand <> ledger_total OR reserved <> held OR ledger_total < held;
