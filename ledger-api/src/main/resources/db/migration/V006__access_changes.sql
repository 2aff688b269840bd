-- What was taken back from signed-in callers. A node remembers who a token belongs to; here it hears what to forget.
-- The database itself writes it down, so that a session deleted by hand ends everywhere too.
CREATE TABLE access_change (
    xact       xid8        NOT NULL DEFAULT pg_current_xact_id(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    token_hash text,
    user_id    text
);
CREATE INDEX access_change_xact ON access_change (xact);

COMMENT ON COLUMN access_change.xact IS
    'Transactions end in another order than they begin: a reader asks from the oldest that was still open at its last look.';
COMMENT ON COLUMN access_change.token_hash IS 'The session that ended; with neither this nor a user, all of them.';
COMMENT ON COLUMN access_change.user_id IS 'The account that was changed or removed.';

CREATE FUNCTION access_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO access_change DEFAULT VALUES;
    ELSIF TG_TABLE_NAME = 'session' THEN
        INSERT INTO access_change (token_hash) VALUES (OLD.token_hash);
    ELSE
        INSERT INTO access_change (user_id) VALUES (OLD.user_id);
    END IF;
    RETURN NULL;
END
$$;

-- A session that is over by the clock needs no word: every node sees that by itself.
CREATE TRIGGER session_taken_back AFTER UPDATE OR DELETE ON session
    FOR EACH ROW WHEN (OLD.expires_at > clock_timestamp()) EXECUTE FUNCTION access_taken_back();
CREATE TRIGGER sessions_taken_back AFTER TRUNCATE ON session EXECUTE FUNCTION access_taken_back();
CREATE TRIGGER account_taken_back AFTER UPDATE OR DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION access_taken_back();
CREATE TRIGGER accounts_taken_back AFTER TRUNCATE ON account EXECUTE FUNCTION access_taken_back();

GRANT SELECT, INSERT, DELETE ON access_change TO ${serviceRole};
