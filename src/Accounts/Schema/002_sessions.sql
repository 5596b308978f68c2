-- Secrets are not here: what is kept of one is its SHA-256, in hexadecimal.
CREATE TABLE session (
    secret_hash text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expiry ON session (expires_at);

-- The private keys that tokens are signed with, as PKCS#8 in PEM. A key signs from signs_from until the next one does. Of two replicas that make the
-- next key at the same time, the number lets one through.
CREATE TABLE signing_key (
    number integer PRIMARY KEY,
    key_id text NOT NULL UNIQUE,
    private_key text NOT NULL,
    created_at timestamptz NOT NULL,
    signs_from timestamptz NOT NULL
);

-- Tries of late, by whom they concern (an address of a mailbox or of a network, hashed). Times are milliseconds since 1970, UTC.
CREATE TABLE recent_try (
    subject text PRIMARY KEY,
    tries integer NOT NULL,
    last_at bigint NOT NULL,
    blocked_until bigint NOT NULL
);

CREATE INDEX recent_try_age ON recent_try (last_at);
