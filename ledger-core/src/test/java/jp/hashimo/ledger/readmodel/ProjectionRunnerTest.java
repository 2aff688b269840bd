package jp.hashimo.ledger.readmodel;

import static java.util.Objects.requireNonNull;
import static jp.hashimo.ledger.testing.City.NOON;
import static jp.hashimo.ledger.testing.LedgerNode.CODEC;
import static jp.hashimo.ledger.testing.LedgerNode.LEDGER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.EncodedEvent;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.HeadWatch;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.testing.TestClock;
import jp.hashimo.ledger.testing.TestDatabase;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How a projection is kept at the end of the log, and what stops it. */
class ProjectionRunnerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Long enough for another runner to look at the position several times over. */
    private static final Duration A_WHILE = Duration.ofMillis(400);

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<ProjectionRunner, ProjectionLoop> loops = new HashMap<>();
    private TestDatabase database;
    private HikariDataSource otherPool;
    private LedgerNode node;
    private LedgerNode other;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        database.execute(
                "CREATE TABLE diary (ledger_id text, position bigint, written_by text, PRIMARY KEY (ledger_id, position))");
        database.execute("GRANT SELECT, INSERT ON diary TO " + TestDatabase.SERVICE_ROLE);
        otherPool = database.pool(16);
        node = new LedgerNode(database.dataSource(), new TestClock(NOON));
        other = new LedgerNode(otherPool, new TestClock(NOON));
        said.start();
        logger().addAppender(said);
    }

    @AfterEach
    void close() throws Exception {
        logger().detachAppender(said);
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        node.close();
        other.close();
        otherPool.close();
        database.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ProjectionRunner.class);
    }

    // Position and rows are one.

    @Test
    void a_batch_that_fails_half_way_leaves_neither_rows_nor_a_position() throws Exception {
        register(6);
        ProjectionRunner runner =
                start(
                        new Diary(
                                "one",
                                event -> {
                                    if (event.position() == 6) {
                                        throw new IllegalStateException("six is too much");
                                    }
                                }),
                        4);

        assertStopped(runner, 5);

        assertThat(diary()).isEqualTo(List.of("1 one", "2 one", "3 one", "4 one", "5 one"));
        assertThat(position()).isEqualTo(5);
    }

    /** After a loss a request that is sent again may stand where it stood, with other facts. */
    @Test
    void of_an_event_the_log_has_lost_no_row_stays_though_another_of_its_id_stands_there()
            throws Exception {
        register(3);
        List<Instant> seen = new CopyOnWriteArrayList<>();
        ProjectionRunner runner =
                start(
                        new Diary(
                                "one",
                                event -> {
                                    if (event.position() == 3 && seen.isEmpty()) {
                                        database.execute(
                                                "UPDATE event SET at = at + interval '1 microsecond'"
                                                        + " WHERE position = 3");
                                    }
                                    if (event.position() == 3) {
                                        seen.add(event.at());
                                    }
                                }),
                        500);

        assertThat(runner.awaitPosition(3, PATIENCE)).isTrue();

        assertThat(seen).hasSizeGreaterThan(1);
        assertThat(seen.getLast()).isEqualTo(seen.getFirst().plus(1, ChronoUnit.MICROS));
        assertThat(diary()).isEqualTo(List.of("1 one", "2 one", "3 one"));
    }

    @Test
    void rows_the_database_refuses_leave_no_position_either() throws Exception {
        register(6);
        database.execute("INSERT INTO diary VALUES ('hashimo', 6, 'somebody else')");
        ProjectionRunner runner = start(new Diary("one", _ -> {}), 4);

        assertStopped(runner, 5);

        assertThat(diary())
                .isEqualTo(List.of("1 one", "2 one", "3 one", "4 one", "5 one", "6 somebody else"));
        assertThat(position()).isEqualTo(5);
    }

    @Test
    void a_row_that_should_change_and_is_not_there_stops_the_projection() throws Exception {
        register(1);

        assertStopped(start(new ForgetfulWriter(), 500), 0);

        assertThat(said.list.getFirst().getThrowableProxy().getMessage()).contains("UPDATE wallet");
    }

    @Test
    void it_goes_on_from_where_it_stood_once_the_fault_is_mended() throws Exception {
        register(6);
        ProjectionRunner faulty =
                start(
                        new Diary(
                                "faulty",
                                event -> {
                                    if (event.position() == 6) {
                                        throw new IllegalStateException("six is too much");
                                    }
                                }),
                        4);
        assertStopped(faulty, 5);

        ProjectionRunner mended = start(new Diary("mended", _ -> {}), 4);

        assertThat(mended.awaitPosition(6, PATIENCE)).isTrue();
        assertThat(diary())
                .isEqualTo(
                        List.of(
                                "1 faulty",
                                "2 faulty",
                                "3 faulty",
                                "4 faulty",
                                "5 faulty",
                                "6 mended"));
    }

    // Tables that show what the log has lost.

    @Test
    void whoever_waits_is_never_told_of_a_position_that_only_the_lost_past_had() throws Exception {
        List<Projection> both = List.of(new Diary("one", _ -> {}), new Onlooker());
        register(5);
        showAll(both, 5);
        loseWhatFollows(3);
        var loop = loop(both);
        var told = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> told.complete(isTold(loop.runners().getFirst(), 5)));
        loop.start();

        assertThat(told.join()).isFalse();
    }

    @Test
    void a_fault_of_whoever_is_told_of_it_does_not_end_the_work() throws Exception {
        List<Projection> one = List.of(new Diary("one", _ -> {}));
        register(5);
        showAll(one, 5);
        loseWhatFollows(3);
        var told = new CountDownLatch(2);
        var loop = loop(one);
        loop.whenAstray(_ -> {
            told.countDown();
            throw new IllegalStateException("nobody can help");
        });
        loop.start();

        assertThat(told.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private void showAll(List<Projection> some, long position) throws InterruptedException {
        try (var loop =
                new ProjectionLoop(
                        some, node.log(), database.dataSource(), LEDGER_ID, CODEC, 500)) {
            loop.start();
            for (ProjectionRunner runner : loop.runners()) {
                assertThat(runner.awaitPosition(position, PATIENCE)).isTrue();
            }
        }
    }

    private void loseWhatFollows(long position) {
        database.execute("DELETE FROM event_tag WHERE position > " + position);
        database.execute("DELETE FROM event WHERE position > " + position);
    }

    private ProjectionLoop loop(List<Projection> some) {
        var loop =
                new ProjectionLoop(some, node.log(), database.dataSource(), LEDGER_ID, CODEC, 500);
        open.addFirst(loop);
        return loop;
    }

    private static boolean isTold(ProjectionRunner runner, long position) {
        try {
            return runner.awaitPosition(position, A_WHILE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // What it cannot handle.

    /** The books refuse to guess; everybody else may not care. */
    @Test
    void an_event_one_projection_cannot_handle_stops_that_one_and_the_others_go_on()
            throws Exception {
        register(2);
        write(3, new Rumour("the sale is extended"));
        register(1);
        EventCodec knowsRumours = knowsRumours();
        EventLog log = log(knowsRumours);
        var projections = new Projections(log, database.dataSource(), LEDGER_ID, knowsRumours);
        open.add(projections);
        projections.start();

        assertStopped(projections.runner("journal"), 2);
        for (String name : projections.names()) {
            if (!name.equals("journal")) {
                assertThat(projections.runner(name).awaitPosition(4, PATIENCE)).as(name).isTrue();
                assertThat(projections.runner(name).isStopped()).as(name).isFalse();
            }
        }
        assertThat(projections.position()).isEqualTo(2);
        assertThat(database.ask("SELECT count(*) FROM wallet")).isEqualTo(3);
    }

    @Test
    void an_event_nobody_can_read_stops_whoever_meets_it_and_is_not_passed_over() throws Exception {
        register(2);
        write(3, new Rumour("the sale is extended"));
        register(1);

        assertStopped(start(new Diary("one", _ -> {}), 2), 2);

        assertThat(diary()).isEqualTo(List.of("1 one", "2 one"));
    }

    @Test
    void a_fault_of_the_program_leaves_nothing_half_done_and_is_as_loud() throws Exception {
        register(3);

        assertStopped(
                start(
                        new Diary(
                                "one",
                                event -> {
                                    if (event.position() == 3) {
                                        throw new NoClassDefFoundError(
                                                "a class that was not shipped");
                                    }
                                }),
                        500),
                2);

        assertThat(diary()).isEqualTo(List.of("1 one", "2 one"));
        assertThat(position()).isEqualTo(2);
    }

    // Two nodes.

    @Test
    void two_nodes_take_turns_and_apply_nothing_twice() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        register(3);
        ProjectionRunner first =
                start(
                        new Diary(
                                "first",
                                _ -> {
                                    working.countDown();
                                    await(goOn);
                                }),
                        500);
        working.await();
        ProjectionRunner second = startOnOther(new Diary("second", _ -> {}), 500);

        assertThat(second.awaitPosition(1, A_WHILE)).isFalse();
        goOn.countDown();
        assertThat(first.awaitPosition(3, PATIENCE)).isTrue();
        assertThat(second.awaitPosition(3, PATIENCE)).isTrue();
        requireNonNull(loops.get(first)).close();
        register(2);

        assertThat(second.awaitPosition(5, PATIENCE)).isTrue();
        assertThat(diary())
                .isEqualTo(List.of("1 first", "2 first", "3 first", "4 second", "5 second"));
    }

    @Test
    void while_both_write_and_both_look_on_every_event_is_applied_once() throws Exception {
        ProjectionRunner first = start(new Diary("first", _ -> {}), 3);
        ProjectionRunner second = startOnOther(new Diary("second", _ -> {}), 3);

        Thread writer = Thread.ofVirtual().start(() -> other.register(40));
        register(40);
        writer.join();

        assertThat(first.awaitPosition(80, PATIENCE)).isTrue();
        assertThat(second.awaitPosition(80, PATIENCE)).isTrue();
        assertThat(diary().stream().map(row -> Long.valueOf(row.substring(0, row.indexOf(' ')))))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
    }

    @Test
    void a_node_that_loses_its_connection_in_mid_batch_leaves_the_work_to_the_other()
            throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        register(3);
        ProjectionRunner lost =
                start(
                        new Diary(
                                "lost",
                                _ -> {
                                    working.countDown();
                                    await(goOn);
                                }),
                        500);
        working.await();
        database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND state = 'idle in transaction'");
        ProjectionRunner second = startOnOther(new Diary("second", _ -> {}), 500);
        assertThat(second.awaitPosition(3, PATIENCE)).isTrue();
        goOn.countDown();

        assertThat(lost.awaitPosition(3, PATIENCE)).isTrue();
        assertThat(lost.isStopped()).isFalse();
        assertThat(diary()).isEqualTo(List.of("1 second", "2 second", "3 second"));
    }

    // The set-up.

    /** Writes down which events it was given, each once or the database refuses. */
    private record Diary(String writtenBy, Consumer<RecordedEvent> before) implements Projection {
        private static final Table DIARY = Table.of("diary", "position bigint", "written_by text");

        @Override
        public String name() {
            return "diary";
        }

        @Override
        public List<String> tables() {
            return List.of("diary");
        }

        @Override
        public void apply(Rows rows, List<RecordedEvent> batch) throws SQLException {
            for (RecordedEvent event : batch) {
                before.accept(event);
                rows.insert(DIARY, event.position(), writtenBy);
                rows.flush();
            }
        }
    }

    /** Shows nothing, and is kept at the end all the same. */
    private record Onlooker() implements Projection {
        @Override
        public String name() {
            return "onlooker";
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public void apply(Rows rows, List<RecordedEvent> batch) {}
    }

    /** Changes a row it has never written. */
    private record ForgetfulWriter() implements Projection {
        private static final Table WALLET = Table.of("wallet", "wallet_id text", "citizen_id text");

        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public List<String> tables() {
            return List.of();
        }

        @Override
        public void apply(Rows rows, List<RecordedEvent> batch) {
            rows.change(WALLET, "nobody's").set("citizen_id", "nobody");
        }
    }

    /** What later versions of the ledger may say. */
    @Event(namespace = "town", name = "Rumour", version = "1")
    private record Rumour(String text) implements LedgerEvent {}

    private static EventCodec knowsRumours() {
        var events = new ArrayList<>(LedgerEvents.all());
        events.add(Rumour.class);
        return new EventCodec(events);
    }

    private EventLog log(EventCodec codec) {
        var watch = new HeadWatch(database.dataSource(), LEDGER_ID, Duration.ofMillis(20));
        open.add(watch);
        return new EventLog(database.dataSource(), LEDGER_ID, codec, watch);
    }

    private ProjectionRunner start(Projection projection, int batchSize) {
        return start(projection, node.log(), database.dataSource(), batchSize);
    }

    private ProjectionRunner startOnOther(Projection projection, int batchSize) {
        return start(projection, other.log(), otherPool, batchSize);
    }

    private ProjectionRunner start(
            Projection projection, EventLog log, DataSource pool, int batchSize) {
        var loop = new ProjectionLoop(List.of(projection), log, pool, LEDGER_ID, CODEC, batchSize);
        open.addFirst(loop);
        ProjectionRunner runner = loop.runners().getFirst();
        loops.put(runner, loop);
        loop.start();
        return runner;
    }

    private void register(int citizens) {
        node.register(citizens);
    }

    /** As another version of the program would. */
    private void write(long position, LedgerEvent event) {
        EncodedEvent encoded = knowsRumours().encode(event);
        database.execute(
                """
                INSERT INTO event (position, at, id, ledger_id, type, version, tags, metadata, payload)
                VALUES (%d, clock_timestamp(), '%s', 'hashimo', '%s', '%s', '{}', '{}', convert_to('%s', 'UTF8'))\
                """
                        .formatted(
                                position,
                                UUID.randomUUID(),
                                encoded.type(),
                                encoded.version(),
                                new String(encoded.payload(), StandardCharsets.UTF_8)));
    }

    private List<String> diary() {
        return new ReadTables(database)
                .texts("SELECT position || ' ' || written_by FROM diary ORDER BY position");
    }

    private long position() {
        return database.ask("SELECT coalesce(max(position), 0) FROM projection");
    }

    private void assertStopped(ProjectionRunner runner, long shown) throws InterruptedException {
        assertThat(runner.awaitPosition(Long.MAX_VALUE, PATIENCE)).isFalse();
        assertThat(runner.isStopped()).isTrue();
        assertThat(runner.position()).isEqualTo(shown);
        assertThat(said.list)
                .filteredOn(line -> line.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getFormattedMessage())
                            .contains(runner.name())
                            .contains("stopped")
                            .contains(" " + shown);
                    assertThat(line.getThrowableProxy()).isNotNull();
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
