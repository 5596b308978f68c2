-- Inventory owns the catalogue now. What is kept here is a copy of what recommendations need of it, made by following its feed.
DROP TABLE books;
DROP TABLE seeds;

CREATE TABLE book (
    book_id integer PRIMARY KEY,
    title text NOT NULL,
    author text NOT NULL,
    year integer,
    category integer NOT NULL, -- a number of booksforyou.inventory.v1.BookCategory
    pass integer NOT NULL -- the reading of the whole catalogue that last saw the book
);

-- One row: how far the copy has come. It is written in the same transaction as the books that came before the cursor.
CREATE TABLE copy_state (
    cursor text NOT NULL, -- Inventory's; empty at the beginning of a reading
    pass integer NOT NULL, -- one higher for each time that the whole catalogue is read from the beginning
    complete_pass integer NOT NULL -- the last reading that has seen all of it; 0 for none
);

INSERT INTO copy_state (cursor, pass, complete_pass) VALUES ('', 1, 0);
