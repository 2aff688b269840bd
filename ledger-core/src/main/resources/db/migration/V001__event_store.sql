-- The log: one row per fact, one order per ledger, nothing ever changed or removed.
-- Fixed-width columns come first, so that no byte is lost to alignment.
-- Texts that are keys compare byte by byte (COLLATE "C"): it is faster, and no update of a system library can change their order
-- under an index.
CREATE TABLE event (
    position  bigint           NOT NULL CHECK (position > 0),
    at        timestamptz      NOT NULL,
    id        uuid             NOT NULL,
    ledger_id text COLLATE "C" NOT NULL,
    type      text COLLATE "C" NOT NULL,
    version   text COLLATE "C" NOT NULL,
    tags      text[]           NOT NULL,
    metadata  text             NOT NULL,
    payload   bytea            NOT NULL,
    PRIMARY KEY (ledger_id, position),
    UNIQUE (ledger_id, id)
);

COMMENT ON TABLE event IS 'Append-only. Positions are contiguous from 1 in commit order; payload is UTF-8 JSON as it was written.';

-- What a fact can be found by. The type is repeated here so that a reader skips what it does not want without touching the log.
CREATE TABLE event_tag (
    position  bigint           NOT NULL,
    ledger_id text COLLATE "C" NOT NULL,
    tag       text COLLATE "C" NOT NULL,
    type      text COLLATE "C" NOT NULL,
    PRIMARY KEY (ledger_id, tag, position)
);

COMMENT ON COLUMN event_tag.tag IS 'key:value; a key has no colon.';

-- A session keeps the plan it once made. Statistics taken of a few rows would make it read the whole table, and keep doing so
-- while the log grows; of a table without statistics it goes by the key. So none are taken before there is something to count.
ALTER TABLE event SET (autovacuum_analyze_threshold = 20000, autovacuum_vacuum_insert_threshold = 20000);
ALTER TABLE event_tag SET (autovacuum_analyze_threshold = 50000, autovacuum_vacuum_insert_threshold = 50000);

-- Where a ledger's time stands. A ledger without a row lives by the clock of the database.
CREATE TABLE ledger_clock (
    ledger_id   text COLLATE "C" PRIMARY KEY,
    ledger_time timestamptz      NOT NULL,
    wall_time   timestamptz      NOT NULL,
    stands      boolean          NOT NULL
);

CREATE FUNCTION ledger_now(p_ledger text) RETURNS timestamptz
    LANGUAGE sql VOLATILE
AS $$
    SELECT coalesce(
        (SELECT CASE WHEN stands THEN ledger_time ELSE ledger_time + (clock_timestamp() - wall_time) END
           FROM ledger_clock WHERE ledger_id = p_ledger),
        clock_timestamp());
$$;

-- The key of the lock under which one ledger is written.
CREATE FUNCTION ledger_lock_key(p_ledger text) RETURNS bigint
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT hashtextextended('jp.hashimo.ledger/' || p_ledger, 0);
$$;

-- Writes a batch of append requests, each of them wholly or not at all, and says what became of each.
--
-- Everything is judged under the lock, by statements that begin after it was granted: that is why this is one VOLATILE
-- function, and why it insists on READ COMMITTED, where each of its statements has a snapshot of its own.
--
-- Per request i (arrays of one length):
--   p_deadline[i]   wall-clock instant from which it must not be written any more; null for none
--   p_in_doubt[i]   an earlier attempt may have been written; its event ids are looked up first
--   p_after[i]      the last position its decision knew; null for an append without condition
--   p_after_id[i]   the id of the event at that position, if the decision saw it
--   p_events[i]     how many events it has
-- p_rival_of[k] would conflict with the earlier request p_rival[k] of this batch, if that one is written (sorted by p_rival_of).
-- p_rule_of[k] is beaten by an event after p_after that has all of p_rule_tags[k] and one of p_rule_types[k] (array literals; an
-- empty one asks for nothing). Events are given in the order of their requests.
--
-- p_known_position and p_known_id are an event the caller has seen. If it is not there the log has become shorter:
-- then every verdict is LOG_SHORTER and nothing is written.
CREATE FUNCTION ledger_append(
    p_ledger         text,
    p_known_position bigint,
    p_known_id       uuid,
    p_deadline       timestamptz[],
    p_in_doubt       boolean[],
    p_after          bigint[],
    p_after_id       uuid[],
    p_events         integer[],
    p_rival_of       integer[],
    p_rival          integer[],
    p_rule_of        integer[],
    p_rule_tags      text[],
    p_rule_types     text[],
    p_event_of       integer[],
    p_id             uuid[],
    p_type           text[],
    p_version        text[],
    p_tags           text[],
    p_metadata       text[],
    p_payload        bytea[]
) RETURNS TABLE (request integer, verdict text, first_position bigint, recorded_at timestamptz)
    LANGUAGE plpgsql VOLATILE
    -- The plan must be right for the log of next year, not for the ten rows of the first morning.
    SET enable_seqscan = off
    SET plan_cache_mode = force_generic_plan
    SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    v_requests constant integer := cardinality(p_events);
    v_verdict  text[] := array_fill(NULL::text, ARRAY[v_requests]);
    v_first    bigint[] := array_fill(NULL::bigint, ARRAY[v_requests]);
    v_found_at timestamptz[] := array_fill(NULL::timestamptz, ARRAY[v_requests]);
    v_base     bigint[] := array_fill(NULL::bigint, ARRAY[v_requests]); -- position of an event less its place in the batch
    v_beaten   integer[];
    v_head     bigint;
    v_at       timestamptz;
    v_wall     timestamptz;
    v_next     bigint;
    v_place    integer := 0;
    v_rival    integer := 1;
    v_found    record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'ledger_append needs READ COMMITTED, not %', current_setting('transaction_isolation');
    END IF;

    PERFORM pg_advisory_xact_lock(ledger_lock_key(p_ledger));
    v_wall := clock_timestamp();

    SELECT position, at INTO v_head, v_at FROM event WHERE ledger_id = p_ledger ORDER BY position DESC LIMIT 1;
    v_head := coalesce(v_head, 0);
    v_at := greatest(v_at, ledger_now(p_ledger));
    v_next := v_head + 1;

    IF p_known_position > 0 AND NOT EXISTS (
            SELECT FROM event WHERE ledger_id = p_ledger AND position = p_known_position AND id = p_known_id) THEN
        RETURN QUERY SELECT i, 'LOG_SHORTER', NULL::bigint, NULL::timestamptz FROM generate_series(1, v_requests) i;
        RETURN;
    END IF;

    IF true = ANY (p_in_doubt) THEN
        -- A record in the WAL makes this commit wait for its synchronous standby even if nothing is left to write. What stands
        -- before it is then safe too: the earlier attempt, whose commit may have returned before the standby had it.
        PERFORM pg_logical_emit_message(true, 'jp.hashimo.ledger', p_ledger);
        FOR v_found IN
            SELECT w.request AS i, count(*) AS events, min(e.position) AS first_position, min(e.at) AS found_at
              FROM unnest(p_event_of, p_id) AS w(request, id)
              JOIN event e ON e.ledger_id = p_ledger AND e.id = w.id
             WHERE p_in_doubt[w.request]
             GROUP BY w.request
        LOOP
            IF v_found.events = p_events[v_found.i] THEN
                v_verdict[v_found.i] := 'APPENDED';
                v_first[v_found.i] := v_found.first_position;
                v_found_at[v_found.i] := v_found.found_at;
            END IF;
        END LOOP;
    END IF;

    -- OFFSET 0 keeps each probe a probe of an index: the planner must not turn it into a join over the whole table.
    v_beaten := ARRAY(
        SELECT c.request
          FROM (SELECT request, tags::text[] AS tags, types::text[] AS types
                  FROM unnest(p_rule_of, p_rule_tags, p_rule_types) AS r(request, tags, types)) c
         WHERE CASE WHEN cardinality(c.tags) = 0 THEN EXISTS (
                    SELECT FROM event e
                     WHERE e.ledger_id = p_ledger AND e.position > p_after[c.request]
                       AND (cardinality(c.types) = 0 OR e.type = ANY (c.types))
                    OFFSET 0)
               ELSE EXISTS (
                    SELECT FROM event_tag t
                     WHERE t.ledger_id = p_ledger AND t.tag = c.tags[1] AND t.position > p_after[c.request]
                       AND (cardinality(c.types) = 0 OR t.type = ANY (c.types))
                       AND (cardinality(c.tags) = 1 OR EXISTS (
                            SELECT FROM event e
                             WHERE e.ledger_id = p_ledger AND e.position = t.position AND e.tags @> c.tags
                            OFFSET 0))
                    OFFSET 0)
               END
        UNION ALL
        -- A decision that knew an event this log does not have has read another log.
        SELECT a.request
          FROM unnest(p_after, p_after_id) WITH ORDINALITY AS a(position, id, request)
         WHERE a.position > v_head
            OR (a.position > 0 AND a.id IS NOT NULL AND NOT EXISTS (
                SELECT FROM event e
                 WHERE e.ledger_id = p_ledger AND e.position = a.position AND e.id = a.id
                OFFSET 0)));

    FOR i IN 1 .. v_requests LOOP
        IF v_verdict[i] IS NULL THEN
            v_verdict[i] := CASE
                WHEN p_deadline[i] <= v_wall THEN 'TOO_LATE'
                WHEN i = ANY (v_beaten) THEN 'CONFLICT'
                ELSE 'APPENDED' END;
            WHILE p_rival_of[v_rival] <= i LOOP
                IF p_rival_of[v_rival] = i AND v_verdict[i] = 'APPENDED' AND v_base[p_rival[v_rival]] IS NOT NULL THEN
                    v_verdict[i] := 'CONFLICT';
                END IF;
                v_rival := v_rival + 1;
            END LOOP;
            IF v_verdict[i] = 'APPENDED' THEN
                v_first[i] := v_next;
                v_base[i] := v_next - v_place - 1;
                v_next := v_next + p_events[i];
            END IF;
        END IF;
        v_place := v_place + p_events[i];
    END LOOP;

    IF v_next > v_head + 1 THEN
        WITH written AS (
            INSERT INTO event (ledger_id, position, at, id, type, version, tags, metadata, payload)
            SELECT p_ledger, v_base[w.request] + w.place, v_at, w.id, w.type, w.version, w.tags::text[], w.metadata, w.payload
              FROM unnest(p_event_of, p_id, p_type, p_version, p_tags, p_metadata, p_payload)
                   WITH ORDINALITY AS w(request, id, type, version, tags, metadata, payload, place)
             WHERE v_base[w.request] IS NOT NULL
            RETURNING position, type, tags)
        INSERT INTO event_tag (ledger_id, tag, position, type)
        SELECT p_ledger, tag, written.position, written.type FROM written, unnest(written.tags) AS tag;
    END IF;

    RETURN QUERY
        SELECT i, v_verdict[i], v_first[i],
               CASE WHEN v_verdict[i] = 'APPENDED' THEN coalesce(v_found_at[i], v_at) END
          FROM generate_series(1, v_requests) i;
END
$$;

-- The service may add to the log and read it. It owns nothing here and can neither change nor remove a fact.
REVOKE ALL ON event, event_tag, ledger_clock FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_now, ledger_lock_key, ledger_append FROM PUBLIC;
GRANT SELECT, INSERT ON event, event_tag TO ${serviceRole};
GRANT SELECT, INSERT, UPDATE ON ledger_clock TO ${serviceRole};
GRANT EXECUTE ON FUNCTION ledger_now, ledger_lock_key, ledger_append TO ${serviceRole};
