-- One row. Every write to the catalogue begins by raising last_change, and so holds this row until it has committed: changes get
-- their numbers in the order in which they commit, and a reader of the feed who has seen a number has seen all lower ones.
CREATE TABLE catalogue (
    feed_id text NOT NULL, -- tells one catalogue from another, so that a cursor of a lost database is noticed
    last_change bigint NOT NULL,
    seeded boolean NOT NULL
);

INSERT INTO catalogue (feed_id, last_change, seeded) VALUES (replace(gen_random_uuid()::text, '-', ''), 0, false);

CREATE TABLE book (
    book_id integer PRIMARY KEY,
    title text NOT NULL CHECK (title <> ''),
    author text NOT NULL CHECK (author <> ''),
    year integer,
    isbn text NOT NULL CHECK (length(isbn) IN (0, 13)),
    category integer NOT NULL CHECK (category > 0), -- a number of booksforyou.inventory.v1.BookCategory
    description text NOT NULL,
    price_cents bigint NOT NULL CHECK (price_cents BETWEEN 0 AND 100000000),
    currency text NOT NULL CHECK (length(currency) = 3),
    out_of_print boolean NOT NULL,
    source text UNIQUE, -- the number that the book has in the file that it was imported from, such as goodbooks:1
    change bigint NOT NULL, -- the last change of the catalogue that touched the book
    title_key text COLLATE "C" NOT NULL, -- the words of the title, folded: what search and the order by title go by
    author_key text COLLATE "C" NOT NULL,
    newest_rank integer GENERATED ALWAYS AS (-coalesce(year, -100000)) STORED
);

CREATE UNIQUE INDEX book_by_isbn ON book (isbn) WHERE isbn <> '';
CREATE INDEX book_by_change ON book (change, book_id);
CREATE INDEX book_by_title ON book (title_key, book_id);
CREATE INDEX book_by_category_and_title ON book (category, title_key, book_id);
CREATE INDEX book_by_newest ON book (newest_rank, book_id);
CREATE INDEX book_by_category_and_newest ON book (category, newest_rank, book_id);
CREATE INDEX book_by_price ON book (price_cents, book_id);
CREATE INDEX book_by_category_and_price ON book (category, price_cents, book_id);

-- The first answer to AddBook, for whoever asks again.
CREATE TABLE book_addition (
    idempotency_key text PRIMARY KEY,
    book_id integer NOT NULL,
    request_hash text NOT NULL
);
