package jp.hashimo.loadtest.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.wallet.WalletOf;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.ScratchFolder;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a node does in memory before and after it asks the database, through its public door: taking
 * an append with Axon's criteria, and looking up the newest events.
 *
 * <p>It needs a PostgreSQL to begin with; none of these asks it anything. How long the judgement of
 * a condition takes is not among them: it is made on the thread that commits, and to hand something
 * over to that costs more than it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class NodeParts {
    private static final String DATABASE = "parts";
    private static final int WALLETS = 1_000;
    private static final int EVENTS = 6_000;
    private static final int PAGE = 100;

    private @Nullable Running running;

    private record Running(
            ScratchFolder folder,
            Cluster cluster,
            EngineNode node,
            List<WalletOf> wallets,
            List<TaggedEventMessage<?>> proposal,
            AppendCondition condition,
            long beforeNewest) {}

    /** A small town, of which the node has the last events in memory. */
    @Setup
    public void begin() throws IOException, SQLException {
        ScratchFolder folder = ScratchFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
        Cluster cluster = Cluster.start(folder.path());
        EngineNode node = EngineNode.onNew(cluster, DATABASE);
        LargeTown town = LargeTown.load(node.engine(), WALLETS, EVENTS, 0);
        long head = node.log().head();
        running =
                new Running(
                        folder,
                        cluster,
                        node,
                        town.wallets().stream().map(WalletOf::new).toList(),
                        List.of(event()),
                        condition(town, head),
                        head - PAGE);
    }

    private static TaggedEventMessage<?> event() {
        return new Appending.Captured()
                .event(new WalletId(UuidCreator.getTimeOrderedEpoch()).toString());
    }

    /** What a proposal would depend on: a wallet, a store and a payment that is not there yet. */
    private static AppendCondition condition(LargeTown town, long head) {
        return AppendCondition.withCriteria(
                        EventCriteria.either(
                                List.of(
                                        of("wallet", town.wallets().getLast()),
                                        of("merchant", town.quiet().getFirst()),
                                        of("payment", UuidCreator.getTimeOrderedEpoch()))))
                .withMarker(new GlobalIndexConsistencyMarker(head));
    }

    private static EventCriteria of(String key, Object value) {
        return EventCriteria.havingTags(new Tag(key, value.toString()));
    }

    @TearDown
    public void end() throws IOException {
        Running ended = running();
        ended.node().close();
        ended.cluster().close();
        ended.folder().close();
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }

    /** An event as the engine takes it, with its JSON and the keys of its tags. */
    @Benchmark
    public Object take() {
        return running()
                .node()
                .engine()
                .appendEvents(AppendCondition.none(), null, running().proposal())
                .join();
    }

    /** The same with Axon's criteria, which become our rules: the difference is what that costs. */
    @Benchmark
    public Object takeOnCondition() {
        return running()
                .node()
                .engine()
                .appendEvents(running().condition(), null, running().proposal())
                .join();
    }

    /** The last hundred events, as a projection reads them that has kept up. */
    @Benchmark
    public List<RecordedEvent> readNewest() {
        return running().node().log().read(running().beforeNewest(), PAGE);
    }

    /** One wallet's state, brought to the end of the log from memory: nothing of it is new. */
    @Benchmark
    @OperationsPerInvocation(WALLETS)
    public void know(News news, Blackhole hole) {
        news.known(hole);
    }

    /** Something that has come into the log since all wallets were looked at. */
    @State(Scope.Benchmark)
    public static class News {
        private @Nullable Running running;

        /** Before each time, and not timed. */
        @Setup(Level.Invocation)
        public void append(NodeParts parts) {
            running = parts.running();
            try (var loader = new Loader(running.node().engine())) {
                loader.add(List.of(new TownFacts().store()));
            }
        }

        private void known(Blackhole hole) {
            Running now = Objects.requireNonNull(running);
            for (WalletOf wallet : now.wallets()) {
                hole.consume(now.node().ledger().know(wallet));
            }
        }
    }
}
