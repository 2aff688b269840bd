package jp.hashimo.api.identity;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import jp.hashimo.ledger.id.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hears from the database which sessions have ended and which accounts have changed, by whomever.
 *
 * <p>Memory is relied upon for {@link #TRUST} after a look began and no longer: so long may a
 * session that another node, or somebody by hand, has ended still be good here. A node that cannot
 * look asks the database for every call.
 */
class AccessChanges implements SmartLifecycle {
    static final Duration TRUST = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(AccessChanges.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    /**
     * From the oldest transaction that was open at the last look, because one that began early may
     * have committed since. Hearing of something twice does no harm.
     */
    private static final String CHANGES =
            """
            SELECT now.xmin::text::bigint AS open_from, c.xact IS NOT NULL AS changed, c.token_hash, c.user_id
              FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin) now
              LEFT JOIN access_change c ON c.xact >= ?::text::xid8\
            """;

    private final JdbcClient jdbc;
    private final KnownSessions known;
    private final LongSupplier nanoTime;
    private @Nullable ScheduledExecutorService clockwork;
    private long openFrom;
    private volatile boolean everLooked;
    private volatile long lookedAt;

    AccessChanges(JdbcClient jdbc, KnownSessions known, LongSupplier nanoTime) {
        this.jdbc = jdbc;
        this.known = known;
        this.nanoTime = nanoTime;
    }

    private record Change(
            long openFrom, boolean changed, @Nullable String tokenHash, @Nullable String userId) {}

    /** Whether what is remembered may be relied upon. */
    boolean areHeard() {
        return everLooked && nanoTime.getAsLong() - lookedAt <= TRUST.toNanos();
    }

    /** Forgets what was taken back since the last look. */
    synchronized void look() {
        long now = nanoTime.getAsLong();
        List<Change> changes =
                jdbc.sql(CHANGES)
                        .param(Long.toString(openFrom))
                        .query((row, _) ->
                                new Change(
                                        row.getLong(1),
                                        row.getBoolean(2),
                                        row.getString(3),
                                        row.getString(4)))
                        .list();
        long nowOpenFrom = changes.getFirst().openFrom();
        if (nowOpenFrom < openFrom) {
            // Another database answers, a restored one perhaps: what we know is of a future it does
            // not have.
            known.forgetAll();
        }
        changes.stream().filter(Change::changed).forEach(this::forget);
        openFrom = nowOpenFrom;
        lookedAt = now;
        everLooked = true;
    }

    private void forget(Change change) {
        if (change.tokenHash() != null) {
            known.forget(change.tokenHash());
        } else if (change.userId() != null) {
            known.forget(UserId.parse(change.userId()));
        } else {
            known.forgetAll();
        }
    }

    private void lookAgain() {
        try {
            look();
        } catch (DataAccessException e) {
            // Nothing is remembered too long: areHeard() says no until a look succeeds.
            LOG.debug("Changes of access cannot be heard", e);
        }
    }

    @Override
    public void start() {
        lookAgain();
        clockwork =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("access-changes").daemon().factory());
        var _ =
                clockwork.scheduleWithFixedDelay(
                        this::lookAgain, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        if (clockwork != null) {
            clockwork.shutdownNow();
            clockwork = null;
        }
    }

    @Override
    public boolean isRunning() {
        return clockwork != null;
    }
}
