-- What a recorded log comes to, one line per figure, from the log and the read tables of today's build.
-- A later build may arrange its tables otherwise; then this query follows them. What it says of a recorded log stays.
WITH entry AS (
    SELECT debit AS account, fund, amount AS debit, 0 AS credit FROM posting
    UNION ALL
    SELECT credit, fund, 0, amount FROM posting
), figure (section, line) AS (
    SELECT 1, format('log: %s events to position %s', count(*), max(position)) FROM event
    UNION ALL
    SELECT 2, format('log: sha256 of all rows %s',
                     encode(sha256(string_agg(convert_to(concat_ws(' ', position, at, id, type, version, metadata, ''), 'UTF8')
                                              || payload, '\x0a' ORDER BY position)), 'hex'))
      FROM event
    UNION ALL
    SELECT 3, format('log: %s of %s version %s', count(*), type, version) FROM event GROUP BY type, version
    UNION ALL
    SELECT 4, format('account %s %s: debit %s, credit %s', account, fund, sum(debit), sum(credit))
      FROM entry GROUP BY account, fund
    UNION ALL
    SELECT 5, format('all accounts: debit %s, credit %s', sum(debit), sum(credit)) FROM entry
    UNION ALL
    SELECT 6, format('postings of %s: %s, valued %s to %s', type, count(*), min(value_date), max(value_date)) FROM posting GROUP BY type
    UNION ALL
    SELECT 10, format('wallet %s of %s: %s points, %s of them held', wallet_id, citizen_id,
                      (SELECT coalesce(sum(remaining), 0) FROM wallet_lot l WHERE l.wallet_id = w.wallet_id),
                      (SELECT coalesce(sum(amount), 0) FROM wallet_hold h WHERE h.wallet_id = w.wallet_id))
      FROM wallet w
    UNION ALL
    SELECT 11, format('lot %s of %s: %s %s %s, %s of %s left, ends %s, campaign %s',
                      lot_id, wallet_id, kind, scope, fund, remaining, face, expires_at, campaign_id)
      FROM wallet_lot
    UNION ALL
    SELECT 12, format('hold of %s on %s for %s: %s until %s', wallet_id, lot_id, payment_id, amount, expires_at) FROM wallet_hold
    UNION ALL
    SELECT 13, format('entries of %s: %s %s of %s points', wallet_id, count(*), type, sum(amount))
      FROM wallet_entry GROUP BY wallet_id, type
    UNION ALL
    SELECT 14, format('device %s of %s: %s, revoked %s', device_id, wallet_id, alg, revoked) FROM device
    UNION ALL
    SELECT 20, format('payments %s by %s: %s of %s points', state, mode, count(*), sum(amount)) FROM payment GROUP BY state, mode
    UNION ALL
    SELECT 21, format('payments at %s: %s %s of %s points', merchant_id, count(*), state, sum(amount))
      FROM payment GROUP BY merchant_id, state
    UNION ALL
    SELECT 22, format('payment %s of %s at %s %s: %s %s by %s, till %s, closed %s, lots %s',
                      payment_id, wallet_id, merchant_id, store_class, state, amount, mode, register_id, closed_at, lots::jsonb)
      FROM payment
    UNION ALL
    SELECT 30, format('campaign %s: approved %s, suspended %s, %s of %s premium issued',
                      campaign_id, approved, suspended, premium_issued, premium_budget)
      FROM campaign
    UNION ALL
    SELECT 31, format('purchases of %s by %s: %s %s of %s yen with %s premium',
                      campaign_id, channel, count(*), state, sum(amount), sum(premium))
      FROM purchase GROUP BY campaign_id, channel, state
    UNION ALL
    SELECT 32, format('purchase %s of %s: %s yen %s, reserved until %s, reference %s',
                      purchase_id, wallet_id, amount, state, reserved_until, payment_reference)
      FROM purchase
    UNION ALL
    SELECT 33, format('to return %s: %s yen of %s for %s', task_id, amount, payment_reference, purchase_id) FROM money_return
    UNION ALL
    SELECT 40, format('store %s: number %s, suspended %s', merchant_id, store_number, suspended) FROM merchant
    UNION ALL
    SELECT 41, format('class of %s from %s: %s', merchant_id, effective_from, store_class) FROM merchant_class
    UNION ALL
    SELECT 42, format('till %s of %s: %s', register_id, merchant_id, name) FROM register
    UNION ALL
    SELECT 43, format('operator %s of %s', user_id, merchant_id) FROM merchant_operator
    UNION ALL
    SELECT 50, format('approval %s of %s: %s %s', approval_id, subject_id, kind, state) FROM approval
    UNION ALL
    SELECT 60, format('ends by itself: %s %s at %s', kind, subject, due_at) FROM due WHERE kind IN ('HOLD', 'RESERVATION')
)
SELECT line FROM figure ORDER BY section, line COLLATE "C"
