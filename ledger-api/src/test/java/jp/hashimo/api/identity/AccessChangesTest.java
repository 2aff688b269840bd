package jp.hashimo.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import jp.hashimo.api.testing.Statements;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A token is good for as long as the database says so: on the node that ended it to the moment, on
 * every other after its next look.
 */
class AccessChangesTest extends ApiTest {
    private final Person auditor = staff(Role.AUDITOR);

    /** A call that any auditor may make, and that finds nothing. */
    private static Reply knock(Person person) {
        return Call.by(person).get("/api/v1/requests/none");
    }

    private static void isKnown(Person person) {
        assertThat(knock(person).problem()).isEqualTo("404 request-unknown");
        assertThat(Statements.during(() -> knock(person)))
                .as("a session that was met is remembered")
                .noneMatch(sql -> sql.contains("session"));
    }

    /** As another node would do it, or somebody by hand. */
    private static void elsewhere(String sql, Person person) {
        bean(JdbcClient.class).sql(sql).param(person.caller().userId().toString()).update();
        bean(AccessChanges.class).look();
    }

    @Test
    void who_signs_out_is_out_at_once() {
        isKnown(auditor);

        assertThat(Call.by(auditor).delete("/api/v1/sessions").status()).isEqualTo(204);

        assertThat(knock(auditor).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void a_session_ended_elsewhere_ends_here() {
        isKnown(auditor);

        elsewhere("DELETE FROM session WHERE user_id = ?", auditor);

        assertThat(knock(auditor).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void a_session_made_shorter_elsewhere_is_over_here() {
        isKnown(auditor);

        elsewhere("UPDATE session SET expires_at = clock_timestamp() WHERE user_id = ?", auditor);

        assertThat(knock(auditor).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void whose_account_is_removed_elsewhere_is_out() {
        isKnown(auditor);

        elsewhere("DELETE FROM account WHERE user_id = ?", auditor);

        assertThat(knock(auditor).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void a_role_taken_away_elsewhere_is_gone() {
        isKnown(auditor);

        elsewhere("UPDATE account SET roles = '{SUPPORT}' WHERE user_id = ?", auditor);

        assertThat(knock(auditor).problem()).isEqualTo("403 forbidden");
    }

    @Test
    void an_account_closed_on_this_node_is_out_at_once() {
        isKnown(auditor);

        bean(Accounts.class).close(auditor.caller().userId());

        assertThat(knock(auditor).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void a_change_that_commits_late_is_heard_although_a_later_one_was_heard_before()
            throws Exception {
        isKnown(auditor);
        Person other = staff(Role.AUDITOR);
        try (var late = bean(javax.sql.DataSource.class).getConnection()) {
            late.setAutoCommit(false);
            try (var statement = late.prepareStatement("DELETE FROM session WHERE user_id = ?")) {
                statement.setString(1, auditor.caller().userId().toString());
                statement.executeUpdate();
            }
            elsewhere("DELETE FROM session WHERE user_id = ?", other);
            isKnown(auditor);
            late.commit();
            late.setAutoCommit(true);
        }

        bean(AccessChanges.class).look();

        assertThat(knock(auditor).problem()).isEqualTo("401 unauthenticated");
    }

    @Test
    void a_node_that_cannot_look_does_not_rely_on_what_it_remembers() {
        var nanos = new AtomicLong();
        var changes =
                new AccessChanges(bean(JdbcClient.class), bean(KnownSessions.class), nanos::get);
        assertThat(changes.areHeard()).as("before the first look").isFalse();

        changes.look();
        nanos.addAndGet(AccessChanges.TRUST.toNanos());
        assertThat(changes.areHeard()).isTrue();
        nanos.addAndGet(1);
        assertThat(changes.areHeard()).isFalse();
    }

    @Test
    void what_was_read_before_a_session_was_ended_is_not_remembered_after() {
        var known = new KnownSessions();
        var session =
                new KnownSessions.Session(
                        new Caller(userId(), Set.of(Role.AUDITOR), null, null, null, null),
                        Instant.EPOCH.plus(Duration.ofDays(1)));

        var found =
                known.read(
                        "token",
                        () -> {
                            known.forget("token");
                            return Optional.of(session);
                        });

        assertThat(found).contains(session);
        assertThat(known.get("token")).isNull();
    }
}
