CREATE TABLE covers (id integer PRIMARY KEY, image blob NOT NULL);
