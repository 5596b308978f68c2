-- email is as it was typed, email_folded what it is compared by.
CREATE TABLE account (
    account_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
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

-- The feed of deletions. Transactions commit out of sequence, so readers go by (xid, event_number) and stay below the oldest transaction
-- that is still running: nothing can appear behind them.
CREATE TABLE account_deletion (
    event_number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    account_id text NOT NULL UNIQUE,
    deleted_at timestamptz NOT NULL
);

CREATE INDEX account_deletion_feed ON account_deletion (xid, event_number);
