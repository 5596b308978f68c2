-- What readers think of a book: the visible reviews, counted in the transactions that change them. docs/reviews.md has the rules.
CREATE TABLE rating (
    book_id integer PRIMARY KEY CHECK (book_id > 0),
    review_count integer NOT NULL DEFAULT 0,
    star_sum bigint NOT NULL DEFAULT 0,
    stars_1 integer NOT NULL DEFAULT 0 CHECK (stars_1 >= 0),
    stars_2 integer NOT NULL DEFAULT 0 CHECK (stars_2 >= 0),
    stars_3 integer NOT NULL DEFAULT 0 CHECK (stars_3 >= 0),
    stars_4 integer NOT NULL DEFAULT 0 CHECK (stars_4 >= 0),
    stars_5 integer NOT NULL DEFAULT 0 CHECK (stars_5 >= 0),
    CHECK (review_count = stars_1 + stars_2 + stars_3 + stars_4 + stars_5),
    CHECK (star_sum = stars_1 + 2 * stars_2 + 3 * stars_3 + 4 * stars_4 + 5 * stars_5)
);

-- One a reader and book. Whoever changes the state, the stars or whether there is a review locks the row of the book in rating first.
CREATE TABLE review (
    review_number integer PRIMARY KEY AUTOINCREMENT,
    review_id text NOT NULL UNIQUE,
    book_id integer NOT NULL REFERENCES rating,
    reader_id text NOT NULL, -- the subject of the reader's tokens
    reader_name text NOT NULL, -- empty when the account is gone
    stars integer NOT NULL CHECK (stars BETWEEN 1 AND 5),
    title text NOT NULL CHECK (length(title) <= 200),
    text text NOT NULL CHECK (length(text) <= 5000),
    state text NOT NULL CHECK (state IN ('VISIBLE', 'HELD', 'HIDDEN')),
    verified_purchase boolean NOT NULL,
    purchase_ask_at timestamptz, -- when Transactions is to be asked about the purchase; none when it has told
    helpful_votes integer NOT NULL DEFAULT 0 CHECK (helpful_votes >= 0),
    open_reports integer NOT NULL DEFAULT 0 CHECK (open_reports >= 0),
    waiting_since timestamptz, -- since when an admin is to look at it; none when nobody has to
    created_at timestamptz NOT NULL,
    edited_at timestamptz,
    UNIQUE (book_id, reader_id)
);

CREATE INDEX review_newest ON review (book_id, review_number) WHERE state = 'VISIBLE';
CREATE INDEX review_most_helpful ON review (book_id, helpful_votes, review_number) WHERE state = 'VISIBLE';
CREATE INDEX review_of_reader ON review (reader_id, review_number);
CREATE INDEX review_queue ON review (waiting_since, review_number) WHERE waiting_since IS NOT NULL;
CREATE INDEX review_purchase ON review (purchase_ask_at) WHERE purchase_ask_at IS NOT NULL;

-- Who finds a review helpful. review.helpful_votes counts them.
CREATE TABLE helpful_vote (
    review_number bigint NOT NULL REFERENCES review,
    reader_id text NOT NULL,
    PRIMARY KEY (review_number, reader_id)
);

CREATE INDEX helpful_vote_of_reader ON helpful_vote (reader_id);

-- Who has reported a review. review.open_reports counts those that no admin has settled.
CREATE TABLE report (
    review_number bigint NOT NULL REFERENCES review,
    reporter_id text NOT NULL, -- a reader or a visitor
    reason text NOT NULL,
    reported_at timestamptz NOT NULL,
    settled boolean NOT NULL,
    PRIMARY KEY (review_number, reporter_id)
);

CREATE INDEX report_of_reporter ON report (reporter_id);

-- Readers who have deleted a review that nobody could see: their next one of the book is held back until an admin has looked.
CREATE TABLE withheld_reader (
    book_id integer NOT NULL,
    reader_id text NOT NULL,
    PRIMARY KEY (book_id, reader_id)
);

CREATE INDEX withheld_reader_of_reader ON withheld_reader (reader_id);

-- The feed: a row a review, with its stars as everybody sees them, 0 for none. A change replaces the row by one that comes last. There is one
-- writer at a time, so that numbers are given in the order of commits.
CREATE TABLE review_change (
    change_number integer PRIMARY KEY AUTOINCREMENT,
    review_id text NOT NULL UNIQUE,
    book_id integer NOT NULL,
    stars integer NOT NULL CHECK (stars BETWEEN 0 AND 5)
);
