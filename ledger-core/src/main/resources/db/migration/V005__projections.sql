-- The read tables made cheaper to keep, and projections that are rebuilt beside the live ones.

-- Nobody asks for these.
DROP INDEX payment_of_wallet;
DROP INDEX payment_open;

-- Written and read as a whole, never searched: as text it is a third smaller and need not be taken apart.
ALTER TABLE payment ALTER COLUMN lots TYPE json USING replace(replace(lots::text, ': ', ':'), ', ', ',')::json;
ALTER TABLE wallet_entry ALTER COLUMN lots TYPE json USING replace(replace(lots::text, ': ', ':'), ', ', ',')::json;

-- A row that changes stays on its page, so that no index has to be told.
ALTER TABLE wallet_lot SET (fillfactor = 70);
ALTER TABLE campaign SET (fillfactor = 50);
ALTER TABLE projection SET (fillfactor = 20);

-- Texts that are keys compare byte by byte: it is faster, and no update of a system library can change their order under an index.
DO $$
DECLARE
    v_table   text;
    v_columns text;
BEGIN
    FOREACH v_table IN ARRAY ARRAY[
        'projection', 'wallet', 'wallet_lot', 'wallet_hold', 'wallet_entry', 'device', 'campaign', 'purchase', 'money_return',
        'merchant', 'merchant_class', 'register', 'merchant_operator', 'approval', 'payment', 'posting', 'due']
    LOOP
        SELECT string_agg(format('ALTER COLUMN %I TYPE text COLLATE "C"', a.attname), ', ') INTO v_columns
          FROM pg_attribute a
         WHERE a.attrelid = v_table::regclass AND a.atttypid = 'text'::regtype AND a.attnum > 0 AND NOT a.attisdropped;
        EXECUTE format('ALTER TABLE %I %s', v_table, v_columns);
    END LOOP;
END
$$;

ALTER TABLE projection ADD COLUMN begun_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- The event the tables end with. A log that was restored may end before it, or have another at its position.
ALTER TABLE projection ADD COLUMN event_id uuid, ADD COLUMN event_at timestamptz;
UPDATE projection p SET event_id = e.id, event_at = e.at FROM event e WHERE e.ledger_id = p.ledger_id AND e.position = p.position;

-- How far each projection is, and whether the log has the event its tables end with. Asked in the snapshot in which they are read.
CREATE VIEW projection_place AS
SELECT p.ledger_id, p.name, p.position,
       p.position = 0 OR coalesce(
           (SELECT e.id = p.event_id AND e.at = p.event_at FROM event e WHERE e.ledger_id = p.ledger_id AND e.position = p.position),
           false) AS stands
  FROM projection p;
GRANT SELECT ON projection_place TO ${serviceRole};

COMMENT ON COLUMN projection.name IS 'With __next at its end: the version that is being made of its tables, beside the one that is read.';
COMMENT ON COLUMN due.done IS 'The note of whoever works it off, not of the projection; it is kept when the rows are made again.';

-- A gate without rows. Whoever reads more than once from one snapshot locks it (ACCESS SHARE) before the snapshot is taken; who
-- exchanges tables locks it against them. A snapshot that is older than an exchange knows the new tables half full.
CREATE TABLE reading ();
GRANT SELECT ON reading TO ${serviceRole};

-- The tables of a projection. Whatever comes to a projection in later migrations is added here.
CREATE FUNCTION projection_tables(p_name text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE p_name
        WHEN 'wallet' THEN ARRAY['wallet', 'wallet_lot', 'wallet_hold', 'wallet_entry', 'device']
        WHEN 'payment' THEN ARRAY['payment']
        WHEN 'campaign' THEN ARRAY['campaign', 'purchase', 'money_return']
        WHEN 'merchant' THEN ARRAY['merchant', 'merchant_class', 'register', 'merchant_operator']
        WHEN 'approval' THEN ARRAY['approval']
        WHEN 'journal' THEN ARRAY['posting']
        WHEN 'due' THEN ARRAY['due'] END;
$$;

-- Makes empty tables for the next version of a projection, alike in all but their names. False if one is being made, for
-- whichever ledger: the tables are everybody's.
--
-- The service owns no table, so this and the next two functions work with their owner's rights, on the tables named above only.
CREATE FUNCTION projection_rebuild_begin(p_ledger text, p_name text) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    v_table   text;
    v_next    text;
    v_options text;
    v_grant   record;
BEGIN
    IF projection_tables(p_name) IS NULL THEN
        RAISE EXCEPTION 'no projection is named %', p_name;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('jp.hashimo.projection/' || p_name, 0));
    IF EXISTS (SELECT FROM projection WHERE name = p_name || '__next') THEN
        RETURN false;
    END IF;
    FOREACH v_table IN ARRAY projection_tables(p_name) LOOP
        v_next := v_table || '__next';
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', v_next, v_table);
        SELECT array_to_string(reloptions, ', ') INTO v_options FROM pg_class WHERE oid = v_table::regclass;
        IF v_options IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %I SET (%s)', v_next, v_options);
        END IF;
        EXECUTE format('COMMENT ON TABLE %I IS %L', v_next, obj_description(v_table::regclass, 'pg_class'));
        FOR v_grant IN
            SELECT g.privilege_type, pg_get_userbyid(g.grantee) AS grantee
              FROM pg_class c, aclexplode(c.relacl) g
             WHERE c.oid = v_table::regclass AND g.grantee NOT IN (0, c.relowner)
        LOOP
            EXECUTE format('GRANT %s ON %I TO %I', v_grant.privilege_type, v_next, v_grant.grantee);
        END LOOP;
    END LOOP;
    INSERT INTO projection (ledger_id, name, position) VALUES (p_ledger, p_name || '__next', 0);
    RETURN true;
END
$$;

-- Puts the next version of a projection in the place of the one that was read. The caller holds the rows of both positions and has
-- brought the next version as far as the other shows the log.
CREATE FUNCTION projection_rebuild_switch(p_ledger text, p_name text) RETURNS void
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
    IF p_name = 'due' THEN
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

-- Throws the next version away, whatever has become of it.
CREATE FUNCTION projection_rebuild_abandon(p_ledger text, p_name text) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    v_table text;
BEGIN
    DELETE FROM projection WHERE ledger_id = p_ledger AND name = p_name || '__next';
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    FOREACH v_table IN ARRAY projection_tables(p_name) LOOP
        EXECUTE format('DROP TABLE %I', v_table || '__next');
    END LOOP;
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION projection_tables, projection_rebuild_begin, projection_rebuild_switch, projection_rebuild_abandon FROM PUBLIC;
GRANT EXECUTE ON FUNCTION projection_tables, projection_rebuild_begin, projection_rebuild_switch, projection_rebuild_abandon
    TO ${serviceRole};
