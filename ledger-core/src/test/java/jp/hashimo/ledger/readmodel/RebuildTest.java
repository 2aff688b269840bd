package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.testing.City.CLERK;
import static jp.hashimo.ledger.testing.LedgerNode.CODEC;
import static jp.hashimo.ledger.testing.LedgerNode.LEDGER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.testing.TestDatabase;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A projection is made again while the one that is there serves, and takes its place. */
class RebuildTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What makes a table what it is, apart from its rows. */
    private static final String MAKE =
            """
            SELECT c.relname || ' ' || coalesce(c.reloptions::text, '') || ' ' || coalesce(c.relacl::text, '')
                   || ' ' || coalesce(obj_description(c.oid, 'pg_class'), '')
              FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull
                   || ' ' || a.attcollation::regcollation || ' ' || coalesce(col_description(c.oid, a.attnum), '')
                   || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
             ORDER BY 1\
            """;

    private RecordedCity city;

    @BeforeEach
    void live() {
        city = RecordedCity.of(CityLife.of(20231002));
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void what_is_rebuilt_beside_the_live_one_is_the_same_row_for_row() throws Exception {
        city.database().execute("UPDATE due SET done = true WHERE kind = 'LOTS'");
        Map<String, List<String>> shown = city.tables().everything();
        List<String> make = city.tables().texts(MAKE);

        try (var projections = city.projections(500)) {
            projections.start();
            for (String name : projections.names()) {
                assertThat(projections.rebuild(name)).as(name).isTrue();
                awaitSwitch(projections);
            }

            assertThat(city.tables().everything()).isEqualTo(shown);
            assertThat(city.tables().texts(MAKE)).isEqualTo(make);
            goesOn(projections);
        }
    }

    /** The figures are wrong, so it is seen when the right ones come. */
    @Test
    void
            until_it_has_caught_up_the_old_figures_are_shown_and_a_restart_in_the_middle_costs_nothing()
                    throws Exception {
        Map<String, List<String>> right = city.tables().everything();
        city.database().execute("UPDATE payment SET amount = 1");
        Map<String, List<String>> wrong = city.tables().everything();
        try (var projections = city.projections(1)) {
            projections.start();
            projections.rebuild("payment");
            awaitPart(projections);
            assertThat(projections.rebuild("payment")).isFalse();
        }
        var under = rebuildingOfPayment();
        assertThat(under.position()).isPositive().isLessThan(under.head());
        assertThat(city.tables().everything()).isEqualTo(wrong);

        try (var projections = city.projections(500)) {
            projections.start();
            awaitSwitch(projections);
        }
        assertThat(city.tables().everything()).isEqualTo(right);
    }

    @Test
    void a_rebuild_that_is_given_up_leaves_everything_as_it_was() throws Exception {
        Map<String, List<String>> shown = city.tables().everything();
        List<String> make = city.tables().texts(MAKE);
        try (var projections = city.projections(1)) {
            projections.start();
            projections.rebuild("wallet");
            awaitPart(projections);

            assertThat(projections.abandon("wallet")).isTrue();

            assertThat(projections.abandon("wallet")).isFalse();
            assertThat(projections.rebuilding()).isEmpty();
        }
        assertThat(city.tables().everything()).isEqualTo(shown);
        assertThat(city.tables().texts(MAKE)).isEqualTo(make);
    }

    /** A snapshot from before the exchange would know the new tables half full. */
    @Test
    void whoever_reads_on_from_one_snapshot_is_waited_for() throws Exception {
        try (var projections = city.projections(500);
                var reader = city.database().dataSource().getConnection();
                var statement = reader.createStatement()) {
            projections.start();
            reader.setAutoCommit(false);
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("LOCK TABLE reading IN ACCESS SHARE MODE");
            statement.execute("SELECT count(*) FROM merchant");
            projections.rebuild("wallet");
            awaitAttempt();

            try (var rows = statement.executeQuery("SELECT count(*) FROM wallet_entry")) {
                rows.next();
                assertThat(rows.getLong(1))
                        .isEqualTo(city.database().ask("SELECT count(*) FROM wallet_entry"));
            }
            assertThat(projections.rebuilding()).isNotEmpty();
            reader.rollback();

            awaitSwitch(projections);
        }
    }

    /** Until somebody stands before the gate. */
    private void awaitAttempt() {
        while (city.database()
                        .ask(
                                "SELECT count(*) FROM pg_locks WHERE relation = 'reading'::regclass AND NOT granted")
                == 0) {
            Thread.onSpinWait();
        }
    }

    /** The tables are shared, the rebuild is one ledger's. */
    @Test
    void the_rows_of_other_ledgers_move_along() throws Exception {
        TestDatabase database = city.database();
        database.execute(
                "INSERT INTO wallet (ledger_id, wallet_id, citizen_id, registered_at) VALUES ('practice', 'w', 'c', now())");
        Map<String, List<String>> shown = city.tables().everything();
        try (var projections = city.projections(500)) {
            projections.start();
            projections.rebuild("wallet");
            awaitSwitch(projections);
        }
        assertThat(city.tables().everything()).isEqualTo(shown);
        assertThat(database.ask("SELECT count(*) FROM wallet WHERE ledger_id = 'practice'"))
                .isOne();
    }

    /** What the migrations say of the tables is what the projections write. */
    @Test
    void the_database_knows_the_tables_of_each_projection() {
        var known = new TreeMap<String, String>();
        var written = new TreeMap<String, String>();
        for (Projection projection : Projections.all(CODEC)) {
            known.put(
                    projection.name(),
                    city.tables()
                            .texts("SELECT projection_tables('" + projection.name() + "')::text")
                            .getFirst());
            written.put(projection.name(), "{" + String.join(",", projection.tables()) + "}");
        }
        assertThat(known).isEqualTo(written);
    }

    private Projections.Rebuilding rebuildingOfPayment() {
        try (var projections =
                new Projections(city.log(), city.database().dataSource(), LEDGER_ID, CODEC)) {
            return projections.rebuilding().getFirst();
        }
    }

    // The database is asked again and again, which takes long enough.

    private static void awaitPart(Projections projections) {
        while (projections.rebuilding().getFirst().position() == 0) {
            Thread.onSpinWait();
        }
    }

    private static void awaitSwitch(Projections projections) {
        while (!projections.rebuilding().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private void goesOn(Projections projections) throws InterruptedException {
        var id = UUID.randomUUID();
        city.node()
                .does(
                        new RegisterCitizen(
                                new CitizenId(id),
                                new WalletId(id),
                                List.of(id.toString()),
                                false,
                                CLERK));
        assertThat(projections.awaitAll(city.log().head(), PATIENCE)).isTrue();
        assertThat(city.tables().texts("SELECT wallet_id FROM wallet"))
                .contains(new WalletId(id).toString());
    }
}
