-- People, logins and answers. None of this is in the log, and the log needs none of it to prove true.

-- Names, phones, birth dates, bank accounts: one data key per subject, wrapped by a key that is not in the database.
CREATE TABLE personal_data (
    subject_id  text  PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    sealed      bytea NOT NULL
);

-- Keyed hashes by which the counter finds a resident.
CREATE TABLE person_key (
    key_hash   text NOT NULL,
    citizen_id text NOT NULL,
    PRIMARY KEY (key_hash, citizen_id)
);

-- Codes sent to phones to show that somebody holds them. Kept no longer than an hour.
CREATE TABLE phone_code (
    phone_hash text        NOT NULL,
    sent_at    timestamptz NOT NULL,
    code_hash  text        NOT NULL,
    expires_at timestamptz NOT NULL,
    attempts   integer     NOT NULL DEFAULT 0,
    PRIMARY KEY (phone_hash, sent_at)
);

CREATE TABLE account (
    user_id       text   PRIMARY KEY,
    login_hash    text   NOT NULL UNIQUE,
    password_hash text   NOT NULL,
    roles         text[] NOT NULL,
    citizen_id    text,
    wallet_id     text,
    merchant_id   text,
    department    text
);
CREATE UNIQUE INDEX account_of_citizen ON account (citizen_id);

CREATE TABLE session (
    token_hash text        PRIMARY KEY,
    user_id    text        NOT NULL REFERENCES account ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

-- The first answers to requests that leave no fact, such as a one-time code.
CREATE TABLE stored_answer (
    request_id  text        PRIMARY KEY,
    body_hash   text        NOT NULL,
    status      integer     NOT NULL,
    body        bytea       NOT NULL,
    answered_at timestamptz NOT NULL
);

-- Who looked at whose data, and why. Never changed.
CREATE TABLE access_log (
    at      timestamptz NOT NULL,
    user_id text        NOT NULL,
    path    text        NOT NULL,
    reason  text        NOT NULL
);

-- What the demo has made, so that it recognises its own database.
CREATE TABLE demo_login (
    ordinal      integer PRIMARY KEY,
    role         text    NOT NULL,
    login        text    NOT NULL,
    password     text    NOT NULL,
    display_name text    NOT NULL,
    citizen_id   text,
    wallet_id    text,
    merchant_id  text,
    store_class  text
);

-- Present in a demonstration's database only; while it is not complete, the next start goes on with it.
CREATE TABLE demo_town (
    campaign_id text,
    complete    boolean NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON personal_data, person_key, phone_code, account, session, stored_answer, demo_login, demo_town
    TO ${serviceRole};
GRANT SELECT, INSERT ON access_log TO ${serviceRole};

-- Of db-scheduler, which wakes one node after another for due work.
CREATE TABLE scheduled_tasks (
    task_name            text        NOT NULL,
    task_instance        text        NOT NULL,
    task_data            bytea,
    execution_time       timestamptz NOT NULL,
    picked               boolean     NOT NULL,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      NOT NULL,
    priority             smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution ON scheduled_tasks (execution_time);

GRANT SELECT, INSERT, UPDATE, DELETE ON scheduled_tasks TO ${serviceRole};
