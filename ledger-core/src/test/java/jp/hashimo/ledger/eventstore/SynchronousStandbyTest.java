package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import jp.hashimo.ledger.eventstore.Town.Opened;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.junit.jupiter.api.Test;

class SynchronousStandbyTest {
    /** Since when a commit has been waiting for the standby, in microseconds; 0 if none is. */
    private static final String SINCE =
            waiting("(extract(epoch FROM query_start) * 1000000)::bigint");

    /** The server waits for a standby that never answers, and somebody cancels the waiting. */
    @Test
    void a_commit_that_came_back_with_a_warning_is_not_acknowledged_until_the_standby_has_it()
            throws Exception {
        try (TestDatabase database = TestDatabase.create();
                Node node = new Node(database.dataSource())) {
            CompletableFuture<Appended> append;
            database.alterServer("synchronous_standby_names", "nobody");
            try {
                append = node.submit(AppendCondition.none(), new Opened("tofu"));
                for (int time = 0; time < 2; time++) {
                    LockHolder.eventually(() -> database.ask(SINCE) != 0);
                    long first = database.ask(SINCE);
                    database.ask(waiting("pg_cancel_backend(pid)::int"));
                    LockHolder.eventually(() -> database.ask(SINCE) > first);
                    assertThat(append).isNotDone();
                }
                assertThat(node.engine.log().head()).isEqualTo(1);
            } finally {
                database.alterServer("synchronous_standby_names", "");
            }

            assertThat(Node.await(append).firstPosition()).isEqualTo(1);
            assertThat(node.engine.log().head()).isEqualTo(1);
        }
    }

    private static String waiting(String what) {
        return "SELECT coalesce((SELECT "
                + what
                + " FROM pg_stat_activity WHERE wait_event = 'SyncRep' LIMIT 1), 0)";
    }
}
