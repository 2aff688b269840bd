package jp.hashimo.ledger.readmodel;

import static jp.hashimo.ledger.readmodel.RecordedCity.PATIENCE;
import static jp.hashimo.ledger.testing.LedgerNode.CODEC;
import static jp.hashimo.ledger.testing.LedgerNode.LEDGER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * After a restore the log may lack its end, while the read tables still have it; a node that lives
 * through that mends them by itself.
 */
class LostEventsTest {
    private static final int LOST = 40;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private RecordedCity city;
    private long kept;

    @BeforeEach
    void live() {
        city = RecordedCity.of(CityLife.of(20231002));
        kept = city.log().head() - LOST;
    }

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    void tables_that_show_lost_events_are_made_again_and_the_node_serves_on() throws Exception {
        try (var projections = city.projections(500)) {
            projections.start();
            assertThat(projections.awaitAll(kept + LOST, PATIENCE)).isTrue();

            loseWhatFollows(kept);

            until(() -> allShow(kept));
            city.node().register(3);
            assertThat(projections.awaitAll(kept + 3, PATIENCE)).isTrue();
        }
        assertTablesAreThoseOfTheLog();
    }

    /** By its number alone nobody would notice. */
    @Test
    void it_is_noticed_too_when_others_have_written_past_the_lost_end_before_anybody_looked() {
        loseWhatFollows(kept);
        city.node().register(LOST + 5);

        try (var projections = city.projections(500)) {
            projections.start();
            until(() -> allShow(kept + LOST + 5));
            until(this::allStandOnTheLog);
        }
        assertTablesAreThoseOfTheLog();
    }

    @Test
    void until_they_are_made_again_the_tables_say_themselves_that_they_are_not_of_this_log() {
        assertThat(allStandOnTheLog()).isTrue();

        loseWhatFollows(kept);

        assertThat(city.database().ask("SELECT count(*) FROM projection_place WHERE stands"))
                .isZero();
    }

    @Test
    void a_new_version_that_was_being_made_of_lost_events_begins_again() {
        try (var projections = city.projections(1)) {
            projections.start();
            projections.rebuild("payment");
            until(() -> projections.rebuilding().getFirst().position() > 10);
        }

        loseWhatFollows(5);

        try (var projections = city.projections(500)) {
            projections.start();
            until(() -> allShow(5));
        }
        assertTablesAreThoseOfTheLog();
    }

    /** What was done may stand in the lost end only. */
    @Test
    void lots_whose_end_was_swept_in_a_past_that_is_lost_are_due_once_more() {
        city.database().execute("UPDATE due SET done = true WHERE kind = 'LOTS'");
        loseWhatFollows(kept);

        try (var projections = city.projections(500)) {
            projections.start();
            until(() -> allShow(kept));
        }

        assertThat(city.database().ask("SELECT count(*) FROM due WHERE kind = 'LOTS' AND NOT done"))
                .isPositive();
        assertThat(city.database().ask("SELECT count(*) FROM due WHERE done")).isZero();
    }

    /** The log loses its end after the new version caught up, and before it is switched over. */
    @Test
    void tables_that_stand_are_not_exchanged_for_those_that_show_lost_events() throws Exception {
        long shown = kept + LOST;
        city.node().register(LOST);
        try (var others = city.database().dataSource().getConnection()) {
            others.setAutoCommit(false);
            others.createStatement()
                    .execute("SELECT FROM projection WHERE name = 'merchant' FOR UPDATE");
            city.database()
                    .ask("SELECT projection_rebuild_begin('" + LEDGER_ID + "', 'merchant')::int");

            try (var idle = city.projections(LOST / 2);
                    var rebuild =
                            new Rebuild(
                                    idle.runner("merchant"),
                                    new MerchantProjection(),
                                    city.log(),
                                    city.database().dataSource(),
                                    LEDGER_ID,
                                    CODEC,
                                    LOST / 2)) {
                until(this::somebodyWaitsForARow);
                loseWhatFollows(shown);
                others.rollback();
                until(() -> !rebuild.isAtWork());
            }
        }

        assertThat(city.database().ask("SELECT position FROM projection WHERE name = 'merchant'"))
                .isEqualTo(shown);
        assertThat(allStandOnTheLog()).isTrue();
    }

    @Test
    void a_projection_that_cannot_be_made_again_keeps_no_other_waiting_and_says_so_once() {
        said.start();
        logger().addAppender(said);
        city.database().execute("ALTER TABLE wallet ADD CONSTRAINT none CHECK (false) NOT VALID");
        loseWhatFollows(kept);

        try (var projections = city.projections(5)) {
            projections.start();
            until(() -> allButTheWalletsShow(kept));
            assertThat(said.list).filteredOn(line -> line.getLevel() == Level.ERROR).hasSize(1);
            assertThat(projections.rebuilding())
                    .singleElement()
                    .matches(Projections.Rebuilding::stopped);

            city.database().execute("ALTER TABLE wallet__next DROP CONSTRAINT none");
            assertThat(projections.rebuild("wallet")).isFalse();
            until(() -> allShow(kept));
        } finally {
            logger().detachAppender(said);
        }
        assertTablesAreThoseOfTheLog();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ProjectionRunner.class);
    }

    private boolean allButTheWalletsShow(long position) {
        return city.database()
                        .ask(
                                "SELECT count(*) FROM projection WHERE name NOT LIKE 'wallet%' AND position <> "
                                        + position)
                == 0;
    }

    private boolean somebodyWaitsForARow() {
        return city.database()
                        .ask(
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
                > 0;
    }

    private void loseWhatFollows(long position) {
        city.database().execute("DELETE FROM event_tag WHERE position > " + position);
        city.database().execute("DELETE FROM event WHERE position > " + position);
    }

    private boolean allShow(long position) {
        return city.database().ask("SELECT count(*) FROM projection WHERE position <> " + position)
                == 0;
    }

    private boolean allStandOnTheLog() {
        return city.database().ask("SELECT count(*) FROM projection_place WHERE NOT stands") == 0;
    }

    private void assertTablesAreThoseOfTheLog() {
        Map<String, List<String>> shown = city.tables().everything();
        assertThat(shown).isEqualTo(city.rebuilt(500));
    }

    /** The database is asked again and again, which takes long enough. */
    private static void until(BooleanSupplier there) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
        }
    }
}
