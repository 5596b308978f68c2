CREATE TABLE covers (id integer PRIMARY KEY, image bytea NOT NULL);
