-- The log gets leaner and its writing cheaper: tags are kept as keys of sixteen bytes, requests are known by the ids of their
-- events, and only what a node cannot know by itself is asked under the lock.

-- The key of a tag. The first six bytes are the time of an id made of it, so that what is written together lies together; the rest
-- is a hash of the whole tag. Java computes the same (TagKey).
CREATE FUNCTION ledger_tag_key(p_tag text) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT (CASE WHEN p_tag ~ ':[a-z]{2,4}_[0-9a-f]{32}$' THEN left(right(p_tag, 32), 12) ELSE left(hash, 12) END
            || substr(hash, 13, 20))::uuid
      FROM (SELECT encode(sha256(convert_to(p_tag, 'UTF8')), 'hex') AS hash) AS of_tag;
$$;

CREATE FUNCTION ledger_tag_keys(p_tags text[]) RETURNS uuid[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT coalesce(array_agg(ledger_tag_key(tag) ORDER BY place), '{}') FROM unnest(p_tags) WITH ORDINALITY AS t(tag, place);
$$;

DROP FUNCTION ledger_append(text, bigint, uuid, timestamptz[], boolean[], bigint[], uuid[], integer[], integer[], integer[], integer[],
    text[], text[], integer[], uuid[], text[], text[], text[], text[], bytea[]);

-- What concerns a wallet's holder and his phones is found by a tag of its own from now on.
UPDATE event
   SET tags = tags || ('wallet-holder:' || (convert_from(payload, 'UTF8')::jsonb ->> 'walletId'))
 WHERE type IN ('wallet.CitizenRegistered', 'wallet.DeviceEnrolled', 'wallet.DeviceRevoked');

-- Up to here the facts of a request carry a tag with its name; after it their ids follow from the name.
CREATE TABLE tagged_requests (
    ledger_id text COLLATE "C" PRIMARY KEY,
    position  bigint NOT NULL
);

COMMENT ON TABLE tagged_requests IS 'The last position of a ledger whose events are found by request:… tags; a ledger begun later has none.';

INSERT INTO tagged_requests (ledger_id, position) SELECT ledger_id, max(position) FROM event GROUP BY ledger_id;

ALTER TABLE event ALTER COLUMN tags TYPE uuid[] USING ledger_tag_keys(tags);
COMMENT ON COLUMN event.tags IS 'ledger_tag_key of each tag, in order.';

DROP TABLE event_tag;

CREATE TABLE event_tag (
    position  bigint           NOT NULL,
    tag       uuid             NOT NULL,
    ledger_id text COLLATE "C" NOT NULL
);
INSERT INTO event_tag (ledger_id, tag, position) SELECT DISTINCT ledger_id, tag, position FROM event, unnest(tags) AS tag ORDER BY 3;
ALTER TABLE event_tag ADD PRIMARY KEY (ledger_id, tag, position);
ALTER TABLE event_tag SET (autovacuum_analyze_threshold = 50000, autovacuum_vacuum_insert_threshold = 50000);

COMMENT ON COLUMN event_tag.tag IS 'ledger_tag_key of a tag key:value; a key has no colon.';

-- What many facts have folded into, so that nobody has to fold them again. All of it can be thrown away.
CREATE TABLE fold_state (
    position  bigint           NOT NULL,
    event_at  timestamptz      NOT NULL,
    event_id  uuid             NOT NULL,
    ledger_id text COLLATE "C" NOT NULL,
    fold      text COLLATE "C" NOT NULL,
    subject   text COLLATE "C" NOT NULL,
    state     bytea            NOT NULL,
    PRIMARY KEY (ledger_id, fold, subject)
);

COMMENT ON COLUMN fold_state.position IS 'The last event that went into it; event_id and event_at are that event, so that a state of another log is known as such.';

-- Writes a batch of append requests, each of them wholly or not at all, and says what became of each.
--
-- Everything is judged under the lock, by statements that begin after it was granted: that is why this is one VOLATILE
-- function, and why it insists on READ COMMITTED, where each of its statements has a snapshot of its own.
--
-- p_known_position, p_known_id and p_known_at are the newest event the caller has seen. If it is not there the log has become
-- shorter: then every verdict is LOG_SHORTER and nothing is written. The id alone would not do, for it follows from the request:
-- one that was lost and is sent again can come to stand where it stood with other facts, but it is recorded at another instant.
-- p_head, if given, is where the log must end, because the caller has left out rules that it has judged itself up to there. If it
-- ends elsewhere, every verdict is HEAD_MOVED and nothing is written.
--
-- Per request i (arrays of one length):
--   p_deadline[i]   wall-clock instant from which it must not be written any more; null for none
--   p_in_doubt[i]   an earlier attempt may have been written; its events are looked up first
--   p_events[i]     how many events it has
-- Request p_anchor_of[k] was decided on a log in which the event p_anchor_id[k] of the instant p_anchor_at[k] stood at p_anchor[k].
-- Request p_rule_of[k] is beaten by an event after p_rule_after[k] that has all of p_rule_tags[k] and one of p_rule_types[k] (array
-- literals; an empty one asks for nothing). Every request is beaten by an event with one of its ids. Events are given in the order
-- of their requests.
CREATE FUNCTION ledger_append(
    p_ledger         text,
    p_known_position bigint,
    p_known_id       uuid,
    p_known_at       timestamptz,
    p_head           bigint,
    p_deadline       timestamptz[],
    p_in_doubt       boolean[],
    p_events         integer[],
    p_anchor_of      integer[],
    p_anchor         bigint[],
    p_anchor_id      uuid[],
    p_anchor_at      timestamptz[],
    p_rule_of        integer[],
    p_rule_after     bigint[],
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
            SELECT FROM event
             WHERE ledger_id = p_ledger AND position = p_known_position AND id = p_known_id AND at = p_known_at) THEN
        RETURN QUERY SELECT i, 'LOG_SHORTER', NULL::bigint, NULL::timestamptz FROM generate_series(1, v_requests) i;
        RETURN;
    END IF;
    IF p_head <> v_head THEN
        RETURN QUERY SELECT i, 'HEAD_MOVED', NULL::bigint, NULL::timestamptz FROM generate_series(1, v_requests) i;
        RETURN;
    END IF;

    IF true = ANY (p_in_doubt) THEN
        -- A record in the WAL makes this commit wait for its synchronous standby even if nothing is left to write. What stands
        -- before it is then safe too: the earlier attempt, whose commit may have returned before the standby had it.
        PERFORM pg_logical_emit_message(true, 'jp.hashimo.ledger', p_ledger);
        -- The ids of a request's events follow from its name, so a twin of it may have taken them for other facts.
        FOR v_found IN
            SELECT w.request AS i, count(*) AS events, min(e.position) AS first_position, min(e.at) AS found_at
              FROM unnest(p_event_of, p_id, p_type, p_payload) AS w(request, id, type, payload)
              JOIN event e ON e.ledger_id = p_ledger AND e.id = w.id AND e.type = w.type AND e.payload = w.payload
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
        SELECT w.request FROM unnest(p_event_of, p_id) AS w(request, id)
         WHERE EXISTS (SELECT FROM event e WHERE e.ledger_id = p_ledger AND e.id = w.id OFFSET 0));
    IF cardinality(p_rule_of) > 0 THEN
        v_beaten := v_beaten || ARRAY(
            SELECT c.request
              FROM (SELECT request, after, tags::uuid[] AS tags, types::text[] AS types
                      FROM unnest(p_rule_of, p_rule_after, p_rule_tags, p_rule_types) AS r(request, after, tags, types)
                     WHERE after < v_head) c
             WHERE CASE WHEN cardinality(c.tags) = 0 THEN EXISTS (
                        SELECT FROM event e
                         WHERE e.ledger_id = p_ledger AND e.position > c.after
                           AND (cardinality(c.types) = 0 OR e.type = ANY (c.types))
                        OFFSET 0)
                   WHEN cardinality(c.tags) = 1 AND cardinality(c.types) = 0 THEN EXISTS (
                        SELECT FROM event_tag t WHERE t.ledger_id = p_ledger AND t.tag = c.tags[1] AND t.position > c.after
                        OFFSET 0)
                   ELSE EXISTS (
                        SELECT FROM event_tag t
                         WHERE t.ledger_id = p_ledger AND t.tag = c.tags[1] AND t.position > c.after
                           AND EXISTS (
                                SELECT FROM event e
                                 WHERE e.ledger_id = p_ledger AND e.position = t.position AND e.tags @> c.tags
                                   AND (cardinality(c.types) = 0 OR e.type = ANY (c.types))
                                OFFSET 0)
                        OFFSET 0)
                   END);
    END IF;
    IF cardinality(p_anchor_of) > 0 THEN
        -- A decision that knew an event this log does not have has read another log.
        v_beaten := v_beaten || ARRAY(
            SELECT a.request FROM unnest(p_anchor_of, p_anchor, p_anchor_id, p_anchor_at) AS a(request, position, id, at)
             WHERE NOT EXISTS (
                    SELECT FROM event e
                     WHERE e.ledger_id = p_ledger AND e.position = a.position AND e.id = a.id AND e.at = a.at
                    OFFSET 0));
    END IF;

    FOR i IN 1 .. v_requests LOOP
        IF v_verdict[i] IS NULL THEN
            v_verdict[i] := CASE
                WHEN p_deadline[i] <= v_wall THEN 'TOO_LATE'
                WHEN i = ANY (v_beaten) THEN 'CONFLICT'
                ELSE 'APPENDED' END;
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
            SELECT p_ledger, v_base[w.request] + w.place, v_at, w.id, w.type, w.version, w.tags::uuid[], w.metadata, w.payload
              FROM unnest(p_event_of, p_id, p_type, p_version, p_tags, p_metadata, p_payload)
                   WITH ORDINALITY AS w(request, id, type, version, tags, metadata, payload, place)
             WHERE v_base[w.request] IS NOT NULL
            RETURNING position, tags)
        INSERT INTO event_tag (ledger_id, tag, position)
        SELECT p_ledger, tag, written.position FROM written, unnest(written.tags) AS tag;
    END IF;

    RETURN QUERY
        SELECT i, v_verdict[i], v_first[i],
               CASE WHEN v_verdict[i] = 'APPENDED' THEN coalesce(v_found_at[i], v_at) END
          FROM generate_series(1, v_requests) i;
END
$$;

REVOKE ALL ON event_tag, fold_state, tagged_requests FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_tag_key, ledger_tag_keys, ledger_append FROM PUBLIC;
GRANT SELECT, INSERT ON event_tag TO ${serviceRole};
GRANT SELECT, INSERT, UPDATE, DELETE ON fold_state TO ${serviceRole};
GRANT SELECT ON tagged_requests TO ${serviceRole};
GRANT EXECUTE ON FUNCTION ledger_tag_key, ledger_tag_keys, ledger_append TO ${serviceRole};
