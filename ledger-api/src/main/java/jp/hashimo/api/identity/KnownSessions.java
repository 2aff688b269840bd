package jp.hashimo.api.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jp.hashimo.ledger.id.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The sessions this node has met, so that the database is not asked anew for each call.
 *
 * <p>What is taken back in the database has to be taken back here: {@link AccessChanges} says when
 * memory may be relied upon.
 */
@Component
class KnownSessions {
    /** Some 10 MB; whoever was forgotten is looked up again. */
    private static final int MOST = 20_000;

    private final Cache<String, Session> byToken = Caffeine.newBuilder().maximumSize(MOST).build();

    /** Counts what was taken back, so that nothing read before is remembered after it. */
    private final AtomicLong takenBack = new AtomicLong();

    /**
     * A session as the database has it.
     *
     * @param expiresAt the first instant, by the wall clock, at which it is none any more
     */
    record Session(Caller caller, Instant expiresAt) {}

    @Nullable Session get(String tokenHash) {
        return byToken.getIfPresent(tokenHash);
    }

    /** Reads one and remembers it, unless something was taken back while it was read. */
    Optional<Session> read(String tokenHash, Supplier<Optional<Session>> database) {
        long before = takenBack.get();
        Optional<Session> found = database.get();
        found.ifPresent(session -> {
            byToken.put(tokenHash, session);
            if (takenBack.get() != before) {
                byToken.invalidate(tokenHash);
            }
        });
        return found;
    }

    void forget(String tokenHash) {
        takenBack.incrementAndGet();
        byToken.invalidate(tokenHash);
    }

    /** Forgets every session of somebody. */
    void forget(UserId userId) {
        takenBack.incrementAndGet();
        byToken.asMap().values().removeIf(session -> session.caller().userId().equals(userId));
    }

    void forgetAll() {
        takenBack.incrementAndGet();
        byToken.invalidateAll();
    }
}
