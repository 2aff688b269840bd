-- Wallets that hold a million each, a store, and the issuer the points come from.
CREATE TABLE bench_account (n integer PRIMARY KEY, id text NOT NULL);

INSERT INTO bench_account SELECT 0, id FROM pgledger_create_account('store', 'JPY');
INSERT INTO bench_account SELECT -1, id FROM pgledger_create_account('issuer', 'JPY');
INSERT INTO bench_account
SELECT n, (pgledger_create_account('wallet ' || n, 'JPY', allow_negative_balance => false)).id
  FROM generate_series(1, 10000) n;

DO $$
DECLARE
    v_issuer text := (SELECT id FROM bench_account WHERE n = -1);
    v_wallet record;
BEGIN
    FOR v_wallet IN SELECT n, id FROM bench_account WHERE n > 0 ORDER BY n LOOP
        PERFORM pgledger_create_transfer(v_issuer, v_wallet.id, 1000000);
        -- The issuer's row gets a version each time; short transactions let the old ones be removed.
        IF v_wallet.n % 100 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END $$;
