package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRightsTest {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.create();
        try (Node node = new Node(database.dataSource())) {
            node.append(new Opened("tofu"));
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event SET at = at",
                "DELETE FROM event",
                "TRUNCATE event",
                "UPDATE event_tag SET tag = tag",
                "DELETE FROM event_tag",
                "TRUNCATE event_tag",
                "DELETE FROM ledger_clock",
                "TRUNCATE ledger_clock",
                "ALTER TABLE event DROP COLUMN tags",
                "DROP TABLE event",
                "CREATE TRIGGER t AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION f()",
                "CREATE TABLE other (id int)"
            })
    void the_service_can_neither_change_nor_remove_a_fact(String sql) {
        assertThatThrownBy(() -> run(sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }

    @Test
    void only_what_exchanges_read_tables_lends_the_service_the_owner_s_rights()
            throws SQLException {
        assertThat(
                        LogRows.query(
                                database.owner(),
                                row -> row.getString(1),
                                "SELECT proname FROM pg_proc p JOIN pg_roles r ON r.oid = proowner"
                                        + " WHERE prosecdef AND pronamespace = 'public'::regnamespace"))
                .containsExactlyInAnyOrder(
                        "projection_rebuild_begin",
                        "projection_rebuild_switch",
                        "projection_rebuild_abandon");
    }

    @Test
    void the_log_is_no_read_table() {
        assertThatThrownBy(() -> run("SELECT projection_rebuild_begin('hashimo', 'event')"))
                .hasMessageContaining("no projection is named event");
    }

    private static void run(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
