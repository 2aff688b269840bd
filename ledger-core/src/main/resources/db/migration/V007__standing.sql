-- Whether the log has the event the tables of a projection end with, in the snapshot of the statement that asks; also of one that has
-- never begun. Whoever reads tables by himself asks it in the same statement: after the log has lost its end they may show what is lost.
CREATE FUNCTION projection_stands(p_ledger text, p_name text) RETURNS boolean
    LANGUAGE sql STABLE
AS $$
    SELECT coalesce((SELECT stands FROM projection_place WHERE ledger_id = p_ledger AND name = p_name), true);
$$;
REVOKE ALL ON FUNCTION projection_stands FROM PUBLIC;
GRANT EXECUTE ON FUNCTION projection_stands TO ${serviceRole};

COMMENT ON COLUMN due.done IS
    'The note of whoever works it off, not of the projection; kept when the rows are made again, unless they showed lost events.';

-- Puts the next version of a projection in the place of the one that was read. The caller holds the rows of both positions and has
-- brought the next version as far as the other shows the log.
--
-- What is noted as done in tables that show lost events may have been done in the lost past only, and is due once more.
CREATE OR REPLACE FUNCTION projection_rebuild_switch(p_ledger text, p_name text) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp
    -- Behind us wait all who come to read, while we wait for one who reads for long.
    SET lock_timeout = '500ms'
AS $$
DECLARE
    v_tables constant text := (SELECT string_agg(quote_ident(name), ', ') FROM unnest(projection_tables(p_name)) AS name);
    v_table  text;
    v_from   text[]; -- the names of the next version's indexes,
    v_to     text[]; -- and those they take over
BEGIN
    -- The other ledgers' rows move along; while they are copied they can be read, but not changed.
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', v_tables);
    FOREACH v_table IN ARRAY projection_tables(p_name) LOOP
        EXECUTE format('INSERT INTO %I SELECT * FROM %I WHERE ledger_id <> $1', v_table || '__next', v_table) USING p_ledger;
    END LOOP;
    IF p_name = 'due' AND projection_stands(p_ledger, p_name) THEN
        UPDATE due__next n SET done = true
          FROM due d
         WHERE d.ledger_id = p_ledger AND d.done
           AND n.ledger_id = d.ledger_id AND n.kind = d.kind AND n.subject = d.subject AND n.due_at = d.due_at;
    END IF;
    LOCK TABLE reading IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', v_tables);
    FOREACH v_table IN ARRAY projection_tables(p_name) LOOP
        SELECT array_agg(next.relname::text), array_agg(live.relname::text) INTO v_from, v_to
          FROM (SELECT c.relname, i.indisunique, substring(pg_get_indexdef(c.oid) FROM ' USING .*') AS form
                  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 WHERE i.indrelid = (v_table || '__next')::regclass) next
          JOIN (SELECT c.relname, i.indisunique, substring(pg_get_indexdef(c.oid) FROM ' USING .*') AS form
                  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 WHERE i.indrelid = v_table::regclass) live USING (indisunique, form);
        EXECUTE format('DROP TABLE %I', v_table);
        EXECUTE format('ALTER TABLE %I RENAME TO %I', v_table || '__next', v_table);
        FOR i IN 1 .. cardinality(v_from) LOOP
            EXECUTE format('ALTER INDEX %I RENAME TO %I', v_from[i], v_to[i]);
        END LOOP;
    END LOOP;
    UPDATE projection live SET position = next.position, event_id = next.event_id, event_at = next.event_at
      FROM projection next
     WHERE live.ledger_id = p_ledger AND live.name = p_name AND next.ledger_id = p_ledger AND next.name = p_name || '__next';
    DELETE FROM projection WHERE ledger_id = p_ledger AND name = p_name || '__next';
END
$$;
