package jp.hashimo.ledger.readmodel;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletChange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown is what the log says, however it came to be shown, in three small cities. */
@ParameterizedClass(name = "city {0}")
@ValueSource(longs = {20231002, 20240201, 20240216})
class ProjectionsTest {
    private static final Map<Long, RecordedCity> CITIES = new HashMap<>();
    private static final Map<Long, Map<String, List<String>>> SHOWN = new HashMap<>();

    private final RecordedCity city;
    private final ReadTables tables;
    private final Map<String, List<String>> shown;

    ProjectionsTest(long seed) {
        city = CITIES.computeIfAbsent(seed, s -> RecordedCity.of(CityLife.of(s)));
        tables = city.tables();
        shown = SHOWN.computeIfAbsent(seed, _ -> tables.everything());
    }

    @AfterAll
    static void close() {
        CITIES.values().forEach(RecordedCity::close);
        CITIES.clear();
    }

    // The cities are worth looking at.

    @Test
    void every_kind_of_event_has_happened() {
        Set<Class<?>> happened = events().stream().<Class<?>>map(Object::getClass).collect(toSet());

        assertThat(happened).isEqualTo(Set.copyOf(LedgerEvents.all()));
    }

    @Test
    void every_table_has_something_to_show() {
        assertThat(shown)
                .hasSameSizeAs(ReadTables.names())
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    }

    /** What belongs to two would be written by two; what belongs to none is never rebuilt. */
    @Test
    void every_read_table_belongs_to_one_projection() {
        assertThat(
                        tables.texts(
                                """
                                SELECT table_name FROM information_schema.tables
                                 WHERE table_schema = 'public'
                                   AND table_name NOT IN
                                       ('event', 'event_tag', 'fold_state', 'tagged_requests', 'ledger_clock', 'projection', 'projection_place',
                                        'reading', 'flyway_schema_history')\
                                """))
                .containsExactlyInAnyOrderElementsOf(ReadTables.names());
    }

    // The tables follow from the log.

    @Test
    void what_was_shown_live_is_what_a_rebuild_shows_row_for_row() {
        assertThat(city.rebuilt(500)).isEqualTo(shown);
    }

    @Test
    void it_does_not_matter_how_many_events_come_at_once() {
        assertThat(city.rebuilt(1)).isEqualTo(shown);
        assertThat(city.rebuilt(7)).isEqualTo(shown);
    }

    // The wallets, which are folded and shown.

    @Test
    void each_lot_is_shown_as_its_wallet_has_it() {
        var folded = new ArrayList<String>();
        wallets()
                .forEach((walletId, wallet) ->
                        wallet.lots()
                                .values()
                                .forEach(balance ->
                                        folded.add(
                                                row(
                                                        walletId,
                                                        balance.lot(),
                                                        balance.remaining()))));

        assertThat(
                        tables.texts(
                                """
                                SELECT concat_ws(' ', wallet_id, lot_id, kind, scope, fund, face, remaining,
                                                 extract(epoch FROM issued_at) * 1000000, extract(epoch FROM expires_at) * 1000000,
                                                 coalesce(campaign_id, '-'), coalesce(programme_id, '-'))
                                  FROM wallet_lot\
                                """))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(folded);
    }

    private static String row(WalletId walletId, Lot lot, Points remaining) {
        return String.join(
                " ",
                walletId.toString(),
                lot.lotId().toString(),
                lot.kind().name(),
                lot.scope().name(),
                lot.fund().code(),
                String.valueOf(lot.face().amount()),
                String.valueOf(remaining.amount()),
                micros(lot.issuedAt()),
                micros(lot.expiresAt()),
                orDash(lot.campaignId()),
                orDash(lot.programmeId()));
    }

    @Test
    void each_hold_is_shown_as_its_wallet_has_it() {
        var folded = new ArrayList<String>();
        wallets()
                .forEach((walletId, wallet) ->
                        wallet.holds()
                                .values()
                                .forEach(hold ->
                                        hold.draws()
                                                .forEach(draw ->
                                                        folded.add(
                                                                String.join(
                                                                        " ",
                                                                        walletId.toString(),
                                                                        hold.paymentId().toString(),
                                                                        draw.lotId().toString(),
                                                                        String.valueOf(
                                                                                draw.amount()
                                                                                        .amount()),
                                                                        micros(
                                                                                hold
                                                                                        .expiresAt()))))));

        assertThat(
                        tables.texts(
                                """
                                SELECT concat_ws(' ', wallet_id, payment_id, lot_id, amount,
                                                 extract(epoch FROM expires_at) * 1000000)
                                  FROM wallet_hold\
                                """))
                .containsExactlyInAnyOrderElementsOf(folded);
    }

    @Test
    void the_entries_of_a_wallet_add_up_to_what_it_holds() {
        assertThat(
                        tables.amounts(
                                """
                                SELECT wallet_id, sum(CASE type WHEN 'ISSUED' THEN amount
                                                                WHEN 'PAID' THEN -amount
                                                                WHEN 'LAPSED' THEN -amount
                                                                ELSE 0 END)
                                  FROM wallet_entry GROUP BY wallet_id\
                                """))
                .isEqualTo(
                        tables.amounts(
                                "SELECT wallet_id, sum(remaining) FROM wallet_lot GROUP BY wallet_id"));
    }

    // The books, which know nothing of wallets.

    @Test
    void debits_equal_credits() {
        Map<String, Long> balances =
                tables.amounts(
                        """
                        SELECT account, sum(amount)
                          FROM (SELECT debit AS account, amount FROM posting
                                UNION ALL
                                SELECT credit, -amount FROM posting) moved
                         GROUP BY account\
                        """);

        assertThat(balances).isNotEmpty();
        assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isZero();
    }

    @Test
    void what_the_books_owe_by_kind_and_fund_is_what_the_wallets_have_free() {
        assertThat(
                        tables.amounts(
                                """
                                SELECT account || ' ' || fund, sum(amount)
                                  FROM (SELECT credit AS account, fund, amount FROM posting
                                        UNION ALL
                                        SELECT debit, fund, -amount FROM posting) moved
                                 WHERE account IN ('2110', '2120', '2130')
                                 GROUP BY account, fund\
                                """))
                .isNotEmpty()
                .isEqualTo(
                        tables.amounts(
                                """
                                SELECT CASE kind WHEN 'PURCHASED' THEN '2110' WHEN 'PREMIUM' THEN '2120' ELSE '2130' END
                                       || ' ' || fund,
                                       sum(remaining - coalesce(held, 0))
                                  FROM wallet_lot
                                  LEFT JOIN (SELECT ledger_id, wallet_id, lot_id, sum(amount) AS held
                                               FROM wallet_hold GROUP BY 1, 2, 3) hold
                                       USING (ledger_id, wallet_id, lot_id)
                                 GROUP BY kind, fund\
                                """));
    }

    @Test
    void what_the_books_hold_by_fund_is_what_the_wallets_have_set_aside() {
        assertThat(
                        without0(
                                tables.amounts(
                                        """
                                        SELECT fund, sum(CASE '2140' WHEN credit THEN amount WHEN debit THEN -amount ELSE 0 END)
                                          FROM posting GROUP BY fund\
                                        """)))
                .isEqualTo(
                        tables.amounts(
                                """
                                SELECT fund, sum(amount)
                                  FROM wallet_hold JOIN wallet_lot USING (ledger_id, wallet_id, lot_id)
                                 GROUP BY fund\
                                """));
    }

    @Test
    void what_was_issued_of_a_campaign_and_fund_is_available_or_held_or_spent_or_lapsed() {
        Map<String, Long> issued =
                tables.amounts(
                        "SELECT campaign_id || ' ' || fund, sum(face) FROM wallet_lot GROUP BY campaign_id, fund");

        assertThat(issued).isNotEmpty();
        assertThat(
                        tables.amounts(
                                """
                                SELECT campaign_id || ' ' || fund,
                                       sum(CASE WHEN credit IN ('2110', '2120', '2130', '2140', '2210', '4010') THEN amount ELSE 0 END)
                                     - sum(CASE WHEN debit IN ('2110', '2120', '2130', '2140', '2210', '4010') THEN amount ELSE 0 END)
                                  FROM posting
                                 WHERE '2010' NOT IN (debit, credit)
                                 GROUP BY campaign_id, fund\
                                """))
                .isEqualTo(issued);
        assertThat(
                        tables.amounts(
                                """
                                SELECT campaign_id || ' ' || fund, sum(amount)
                                  FROM posting WHERE type = 'purchase.VoucherIssued'
                                 GROUP BY campaign_id, fund\
                                """))
                .isEqualTo(issued);
    }

    // The sale.

    @Test
    void the_premium_of_a_campaign_is_counted_as_it_was_issued_and_within_its_budget() {
        assertThat(
                        without0(
                                tables.amounts(
                                        "SELECT campaign_id, premium_issued FROM campaign WHERE premium_issued <= premium_budget")))
                .isNotEmpty()
                .isEqualTo(
                        tables.amounts(
                                "SELECT campaign_id, sum(face) FROM wallet_lot WHERE kind = 'PREMIUM' GROUP BY campaign_id"));
    }

    @Test
    void nothing_is_due_for_a_payment_or_a_reservation_that_has_ended() {
        assertThat(tables.texts("SELECT subject FROM due WHERE kind = 'HOLD'"))
                .containsExactlyInAnyOrderElementsOf(
                        tables.texts("SELECT payment_id FROM payment WHERE state = 'PROPOSED'"));
        assertThat(tables.texts("SELECT subject FROM due WHERE kind = 'RESERVATION'"))
                .containsExactlyInAnyOrderElementsOf(
                        tables.texts("SELECT purchase_id FROM purchase WHERE state = 'RESERVED'"));
    }

    private List<LedgerEvent> events() {
        return city.log().read(0, Integer.MAX_VALUE).stream().map(RecordedEvent::event).toList();
    }

    /** The wallets as the rules see them. */
    private Map<WalletId, Wallet> wallets() {
        var wallets = new HashMap<WalletId, Wallet>();
        for (LedgerEvent event : events()) {
            if (event instanceof WalletChange change) {
                Wallet before = wallets.getOrDefault(change.walletId(), Wallet.EMPTY);
                wallets.put(change.walletId(), before.evolve(change));
            }
        }
        return wallets;
    }

    private static String micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) + ".000000";
    }

    private static String orDash(@Nullable Object id) {
        return id == null ? "-" : id.toString();
    }

    private static Map<String, Long> without0(Map<String, Long> amounts) {
        var some = new TreeMap<>(amounts);
        some.values().removeIf(amount -> amount == 0);
        return some;
    }
}
