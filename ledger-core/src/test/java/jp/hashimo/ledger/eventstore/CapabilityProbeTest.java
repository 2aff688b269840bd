package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import javax.sql.DataSource;
import jp.hashimo.ledger.testing.TestDatabase;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityProbeTest {
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_durable_postgresql_is_fit_again_and_again() {
        CapabilityProbe probe = new CapabilityProbe(database.dataSource());

        assertThatCode(probe::check).doesNotThrowAnyException();
        assertThatCode(probe::check).doesNotThrowAnyException();
    }

    @Test
    void the_probe_leaves_the_clocks_of_the_ledgers_alone() {
        new CapabilityProbe(database.dataSource()).check();

        LedgerClock clock = new LedgerClock(database.dataSource(), "hashimo", Clock.systemUTC());
        Assertions.assertThat(clock.stands()).isFalse();
    }

    /** The server's own settings are those of its start, so another answer is put before them. */
    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
    void a_database_that_does_not_wait_for_its_disk_is_refused_by_name(String setting) {
        database.execute(
                """
                CREATE FUNCTION public.current_setting(name text) RETURNS text LANGUAGE sql
                AS $$ SELECT CASE WHEN name = '%s' THEN 'off'
                             ELSE pg_catalog.current_setting(name) END $$
                """
                        .formatted(setting));
        database.execute(
                "ALTER DATABASE " + database.name() + " SET search_path = public, pg_catalog");
        try (HikariDataSource fresh = database.pool(2)) {
            assertUnfit(fresh, setting);
        }
    }

    @Test
    void sessions_that_do_not_wait_for_their_commit_are_refused() {
        database.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");
        try (HikariDataSource fresh = database.pool(2)) {
            assertUnfit(fresh, "synchronous_commit");
        }
    }

    @Test
    void a_database_on_which_two_sessions_hold_the_lock_is_refused() {
        database.execute(
                "CREATE OR REPLACE FUNCTION ledger_lock_key(p_ledger text) RETURNS bigint"
                        + " LANGUAGE sql VOLATILE AS 'SELECT (random() * 1e15)::bigint'");

        assertUnfit(database.dataSource(), "pg_advisory_xact_lock");
    }

    private static void assertUnfit(DataSource unfit, String named) {
        CapabilityProbe probe = new CapabilityProbe(unfit);
        assertThatThrownBy(probe::check)
                .isInstanceOf(UnfitDatabase.class)
                .hasMessageContaining(named);
    }
}
