-- Which books are on whose list.
CREATE TABLE entry (
    owner_id text NOT NULL,
    book_id integer NOT NULL,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (owner_id, book_id)
);

-- How far the deletions of accounts have been followed: one row, written in the transaction that forgets.
CREATE TABLE deletion_cursor (
    cursor text NOT NULL
);

INSERT INTO deletion_cursor (cursor) VALUES ('');

-- Accounts that are looked at again: until their last tokens have ended, and as long as something had to stay.
CREATE TABLE deleted_account (
    account_id text PRIMARY KEY,
    look_at timestamptz NOT NULL,
    until timestamptz NOT NULL
);
