-- The engine's own full-text indexes, on the folded words: one for what is in title or author, one for what is in the title. No
-- pending list, which every search would have to read.
CREATE INDEX book_by_words ON book USING gin (to_tsvector('simple', title_key || ' ' || author_key)) WITH (fastupdate = off);
CREATE INDEX book_by_title_words ON book USING gin (to_tsvector('simple', title_key)) WITH (fastupdate = off);

-- Every word of the catalogue, and how many books have it in title or author.
CREATE TABLE search_word (
    word text COLLATE "C" PRIMARY KEY,
    books integer NOT NULL
);

-- Every word as it is and with each of its letters left out: a word with a typing error has one of its own forms in common with the
-- word that was meant.
CREATE TABLE search_form (
    form text COLLATE "C" NOT NULL,
    word text COLLATE "C" NOT NULL,
    PRIMARY KEY (form, word)
);
