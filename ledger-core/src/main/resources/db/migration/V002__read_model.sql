-- What the log says, arranged for reading. All of it can be thrown away and made again from the log.

CREATE TABLE projection (
    ledger_id text   NOT NULL,
    name      text   NOT NULL,
    position  bigint NOT NULL,
    PRIMARY KEY (ledger_id, name)
);

COMMENT ON COLUMN projection.position IS 'The last position whose effect is in the tables; written in the same transaction as they are.';

CREATE TABLE wallet (
    ledger_id     text        NOT NULL,
    wallet_id     text        NOT NULL,
    citizen_id    text        NOT NULL,
    registered_at timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, wallet_id)
);
CREATE INDEX wallet_of_citizen ON wallet (ledger_id, citizen_id);

CREATE TABLE wallet_lot (
    ledger_id    text        NOT NULL,
    wallet_id    text        NOT NULL,
    lot_id       text        NOT NULL,
    kind         text        NOT NULL,
    scope        text        NOT NULL,
    fund         text        NOT NULL,
    face         bigint      NOT NULL CHECK (face > 0),
    remaining    bigint      NOT NULL CHECK (remaining BETWEEN 0 AND face),
    issued_at    timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    campaign_id  text,
    programme_id text,
    PRIMARY KEY (ledger_id, wallet_id, lot_id)
);

COMMENT ON COLUMN wallet_lot.remaining IS 'Held points included.';

-- What open proposals have set aside, one row per lot drawn upon.
CREATE TABLE wallet_hold (
    ledger_id   text        NOT NULL,
    wallet_id   text        NOT NULL,
    payment_id  text        NOT NULL,
    lot_id      text        NOT NULL,
    merchant_id text        NOT NULL,
    amount      bigint      NOT NULL CHECK (amount > 0),
    held_at     timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, wallet_id, payment_id, lot_id)
);

CREATE TABLE wallet_entry (
    ledger_id   text        NOT NULL,
    wallet_id   text        NOT NULL,
    position    bigint      NOT NULL,
    at          timestamptz NOT NULL,
    type        text        NOT NULL,
    amount      bigint      NOT NULL,
    lots        jsonb       NOT NULL,
    payment_id  text,
    purchase_id text,
    PRIMARY KEY (ledger_id, wallet_id, position, type)
);

CREATE TABLE device (
    ledger_id  text NOT NULL,
    device_id  text NOT NULL,
    wallet_id  text NOT NULL,
    alg        text NOT NULL,
    public_key text NOT NULL,
    revoked    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (ledger_id, device_id)
);

CREATE TABLE campaign (
    ledger_id      text    NOT NULL,
    campaign_id    text    NOT NULL,
    terms          jsonb   NOT NULL,
    drafted_by     text    NOT NULL,
    approved       boolean NOT NULL DEFAULT false,
    suspended      boolean NOT NULL DEFAULT false,
    premium_budget bigint  NOT NULL,
    premium_issued bigint  NOT NULL DEFAULT 0,
    position       bigint  NOT NULL,
    PRIMARY KEY (ledger_id, campaign_id)
);

CREATE TABLE purchase (
    ledger_id         text        NOT NULL,
    purchase_id       text        NOT NULL,
    campaign_id       text        NOT NULL,
    wallet_id         text        NOT NULL,
    channel           text        NOT NULL,
    amount            bigint      NOT NULL,
    premium           bigint      NOT NULL,
    state             text        NOT NULL,
    reserved_by       text        NOT NULL,
    reserved_at       timestamptz NOT NULL,
    reserved_until    timestamptz NOT NULL,
    payment_reference text,
    lots              jsonb,
    PRIMARY KEY (ledger_id, purchase_id)
);
CREATE INDEX purchase_reserved ON purchase (ledger_id, campaign_id, reserved_until) WHERE state = 'RESERVED';
CREATE INDEX purchase_of_wallet ON purchase (ledger_id, wallet_id, campaign_id);

CREATE TABLE money_return (
    ledger_id         text        NOT NULL,
    task_id           text        NOT NULL,
    purchase_id       text        NOT NULL,
    payment_reference text        NOT NULL,
    amount            bigint      NOT NULL,
    received_at       timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, task_id)
);

CREATE TABLE merchant (
    ledger_id     text        NOT NULL,
    merchant_id   text        NOT NULL,
    store_number  integer     NOT NULL,
    suspended     boolean     NOT NULL DEFAULT false,
    registered_at timestamptz NOT NULL,
    PRIMARY KEY (ledger_id, merchant_id),
    UNIQUE (ledger_id, store_number)
);

CREATE TABLE merchant_class (
    ledger_id      text        NOT NULL,
    merchant_id    text        NOT NULL,
    effective_from timestamptz NOT NULL,
    store_class    text        NOT NULL,
    PRIMARY KEY (ledger_id, merchant_id, effective_from)
);

CREATE TABLE register (
    ledger_id   text NOT NULL,
    register_id text NOT NULL,
    merchant_id text NOT NULL,
    name        text NOT NULL,
    PRIMARY KEY (ledger_id, register_id)
);

CREATE TABLE merchant_operator (
    ledger_id   text NOT NULL,
    merchant_id text NOT NULL,
    user_id     text NOT NULL,
    PRIMARY KEY (ledger_id, merchant_id, user_id)
);

-- What waits for a second person, and what became of it.
CREATE TABLE approval (
    ledger_id   text        NOT NULL,
    approval_id text        NOT NULL,
    kind        text        NOT NULL,
    subject_id  text        NOT NULL,
    detail      jsonb       NOT NULL,
    proposed_by text        NOT NULL,
    proposed_at timestamptz NOT NULL,
    state       text        NOT NULL DEFAULT 'WAITING',
    PRIMARY KEY (ledger_id, approval_id)
);

CREATE TABLE payment (
    ledger_id         text        NOT NULL,
    payment_id        text        NOT NULL,
    wallet_id         text        NOT NULL,
    merchant_id       text        NOT NULL,
    register_id       text,
    store_class       text        NOT NULL,
    mode              text        NOT NULL,
    amount            bigint      NOT NULL,
    lots              jsonb       NOT NULL,
    policy            text        NOT NULL,
    duplicate_warning boolean     NOT NULL,
    proposed_at       timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    state             text        NOT NULL,
    closed_at         timestamptz,
    PRIMARY KEY (ledger_id, payment_id)
);
CREATE INDEX payment_of_merchant ON payment (ledger_id, merchant_id, (coalesce(closed_at, proposed_at)));
CREATE INDEX payment_of_wallet ON payment (ledger_id, wallet_id, proposed_at);
CREATE INDEX payment_open ON payment (ledger_id, merchant_id, expires_at) WHERE state = 'PROPOSED';

-- The books. One row per posting; both sides are named, so that it balances by construction.
CREATE TABLE posting (
    ledger_id    text        NOT NULL,
    position     bigint      NOT NULL,
    line         integer     NOT NULL,
    at           timestamptz NOT NULL,
    value_date   timestamptz NOT NULL,
    type         text        NOT NULL,
    debit        text        NOT NULL,
    credit       text        NOT NULL,
    amount       bigint      NOT NULL CHECK (amount > 0),
    fund         text        NOT NULL,
    campaign_id  text,
    programme_id text,
    PRIMARY KEY (ledger_id, position, line),
    CHECK (debit <> credit)
);

-- Work that comes due by the ledger's clock. Doing it twice changes nothing.
CREATE TABLE due (
    ledger_id text        NOT NULL,
    kind      text        NOT NULL,
    subject   text        NOT NULL,
    due_at    timestamptz NOT NULL,
    done      boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (ledger_id, kind, subject, due_at)
);
CREATE INDEX due_open ON due (ledger_id, due_at) WHERE NOT done;

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE
    ON projection, wallet, wallet_lot, wallet_hold, wallet_entry, device, campaign, purchase, money_return, merchant,
       merchant_class, register, merchant_operator, approval, payment, posting, due
    TO ${serviceRole};
