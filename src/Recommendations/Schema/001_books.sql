CREATE TABLE books (
    id integer PRIMARY KEY,
    title text NOT NULL CHECK (title <> ''),
    author text NOT NULL CHECK (author <> ''),
    year integer,
    isbn text CHECK (length(isbn) = 13),
    category integer NOT NULL CHECK (category > 0), -- a number of booksforyou.inventory.v1.BookCategory
    description text NOT NULL
);

-- One row a seed that has been planted, so that books which were taken out of the catalogue do not come back.
CREATE TABLE seeds (
    name text PRIMARY KEY,
    planted_at timestamptz NOT NULL
);
