-- What links in mails hold is not here, but its SHA-256 in hexadecimal.
CREATE TABLE mail_link (
    link_hash text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('RESET', 'CONFIRM', 'UNSUBSCRIBE')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz
);

CREATE INDEX mail_link_account ON mail_link (account_id, purpose);
CREATE INDEX mail_link_expiry ON mail_link (expires_at);

CREATE TABLE campaign (
    campaign_id text PRIMARY KEY,
    subject text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL
);

-- Mails to send. What is in one is written when it is sent, its link with it. due_at is when the next attempt may begin; whoever begins one moves it to
-- when the next may, should he not come back. A mail that is DROPPED is not wanted any more.
CREATE TABLE mail (
    mail_id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account (account_id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('WELCOME', 'CONFIRM', 'RESET', 'CAMPAIGN')),
    campaign_id text REFERENCES campaign (campaign_id),
    state text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'SENT', 'DEAD', 'DROPPED')),
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    last_error text NOT NULL DEFAULT '',
    UNIQUE (campaign_id, account_id)
);

CREATE INDEX mail_due ON mail (due_at) WHERE state = 'WAITING';
CREATE INDEX mail_dead ON mail (created_at, mail_id) WHERE state = 'DEAD';
CREATE INDEX mail_account ON mail (account_id, kind, created_at);
CREATE INDEX mail_campaign ON mail (campaign_id, state);
