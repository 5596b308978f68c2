-- email is as it was typed, email_folded what it is compared by.
CREATE TABLE account (
    account_number integer PRIMARY KEY AUTOINCREMENT,
    account_id text NOT NULL UNIQUE,
    email text NOT NULL,
    email_folded text NOT NULL UNIQUE,
    email_confirmed boolean NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    mail_consent boolean NOT NULL,
    admin boolean NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE INDEX account_mail_consent ON account (account_number) WHERE mail_consent AND email_confirmed;
CREATE INDEX account_admin ON account (account_number) WHERE admin;

-- The feed of deletions. There is one writer at a time, so that numbers are given in the order of commits.
CREATE TABLE account_deletion (
    event_number integer PRIMARY KEY AUTOINCREMENT,
    account_id text NOT NULL UNIQUE,
    deleted_at timestamptz NOT NULL
);
