package jp.hashimo.ledger.readmodel;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;

/** All projections of one ledger on this node. */
public final class Projections implements AutoCloseable {
    private static final int BATCH = 2_000;

    private final ProjectionLoop loop;
    private final Map<String, ProjectionRunner> runners = new LinkedHashMap<>();

    /** {@link #start} sets them going. */
    public Projections(EventLog log, DataSource database, String ledgerId, EventCodec codec) {
        this(log, database, ledgerId, codec, BATCH);
    }

    /**
     * @param batchSize how many events at most are applied in one transaction
     */
    Projections(
            EventLog log, DataSource database, String ledgerId, EventCodec codec, int batchSize) {
        loop = new ProjectionLoop(all(codec), log, database, ledgerId, codec, batchSize);
        loop.runners().forEach(runner -> runners.put(runner.name(), runner));
    }

    static List<Projection> all(EventCodec codec) {
        return List.of(
                new WalletProjection(),
                new PaymentProjection(),
                new CampaignProjection(),
                new MerchantProjection(),
                new ApprovalProjection(),
                new JournalProjection(codec),
                new DueProjection());
    }

    public void start() {
        loop.start();
    }

    /** The names of all of them. */
    public List<String> names() {
        return List.copyOf(runners.keySet());
    }

    public ProjectionRunner runner(String name) {
        ProjectionRunner runner = runners.get(name);
        if (runner == null) {
            throw new IllegalArgumentException("no projection is named " + name);
        }
        return runner;
    }

    /** How far all of them are: what the slowest shows. */
    public long position() {
        return runners.values().stream().mapToLong(ProjectionRunner::position).min().orElse(0);
    }

    /** Waits until every projection shows a position; false if one does not within the time. */
    public boolean awaitAll(long position, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (ProjectionRunner runner : runners.values()) {
            if (!runner.awaitPosition(
                    position, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        loop.close();
    }
}
