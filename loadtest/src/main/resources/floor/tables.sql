-- What every event store on PostgreSQL has at the least: one order, one next version per stream, every id once.
CREATE TABLE log (
    place   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream  text        NOT NULL,
    version bigint      NOT NULL,
    id      uuid        NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    type    text        NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    payload jsonb       NOT NULL,
    UNIQUE (stream, version)
);

-- The same with nothing but an order, for COPY.
CREATE TABLE heap (
    place   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payload jsonb NOT NULL
);

CREATE TABLE balance (
    wallet text   PRIMARY KEY,
    points bigint NOT NULL,
    events bigint NOT NULL
);

-- A payment of about 300 bytes that tells the wallets apart.
CREATE FUNCTION sample_payment(n bigint) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT jsonb_build_object(
        'payment', md5(n::text), 'wallet', 'w-' || n % 10000, 'store', 's-' || n % 500, 'points', 1 + n % 5000,
        'draws', jsonb_build_array(
            jsonb_build_object('lot', 'l-' || n % 1009, 'points', 1 + n % 3000, 'ends', '2027-03-31T15:00:00Z'),
            jsonb_build_object('lot', 'l-' || n % 1013, 'points', 550, 'ends', '2027-03-31T15:00:00Z')),
        'mode', 'USER_SCAN', 'till', 'front', 'memo', md5((n * 7)::text));
$$;
