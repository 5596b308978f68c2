-- The engine's own full-text index, on the folded words of title and author. It keeps no text of its own; triggers keep it in step.
CREATE VIRTUAL TABLE book_search USING fts5 (
    title_key, author_key,
    content = 'book', content_rowid = 'book_id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TRIGGER book_search_insert AFTER INSERT ON book BEGIN
    INSERT INTO book_search (rowid, title_key, author_key) VALUES (new.book_id, new.title_key, new.author_key);
END;

CREATE TRIGGER book_search_update AFTER UPDATE OF title_key, author_key ON book BEGIN
    INSERT INTO book_search (book_search, rowid, title_key, author_key) VALUES ('delete', old.book_id, old.title_key, old.author_key);
    INSERT INTO book_search (rowid, title_key, author_key) VALUES (new.book_id, new.title_key, new.author_key);
END;

-- Every word of the catalogue, and how many books have it in title or author.
CREATE TABLE search_word (
    word text PRIMARY KEY,
    books integer NOT NULL
) WITHOUT ROWID;

-- Every word as it is and with each of its letters left out: a word with a typing error has one of its own forms in common with the
-- word that was meant.
CREATE TABLE search_form (
    form text NOT NULL,
    word text NOT NULL,
    PRIMARY KEY (form, word)
) WITHOUT ROWID;
