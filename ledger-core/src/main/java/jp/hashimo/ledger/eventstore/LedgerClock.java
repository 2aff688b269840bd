package jp.hashimo.ledger.eventstore;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;

/**
 * The ledger's time, which a demonstration can move and nothing can turn back.
 *
 * <p>The database holds where it stands, so that every node and the log itself go by the same
 * clock. Without a row in {@code ledger_clock} it is the ordinary one. The row is read at the start
 * and on {@link #refresh}; between, time runs on from what was read. Instants are whole
 * microseconds, which is what the log keeps.
 */
public final class LedgerClock extends Clock {
    private static final String UPSERT =
            "INSERT INTO ledger_clock AS c (ledger_id, ledger_time, wall_time, stands)"
                    + " SELECT v.ledger_id, v.now, clock_timestamp(), v.stands"
                    + " FROM (VALUES (?, ?::timestamptz, ?)) AS v (ledger_id, now, stands)";

    private final DataSource database;
    private final String ledgerId;
    private final Clock wall;
    private volatile Reading reading;

    /**
     * @param instant where the ledger's time stands, if it stands
     * @param ahead how far it is ahead of the wall clock, if it runs
     */
    private record Reading(boolean stands, Instant instant, Duration ahead) {}

    public LedgerClock(DataSource database, String ledgerId, Clock wall) {
        this.database = database;
        this.ledgerId = ledgerId;
        this.wall = wall;
        this.reading = read();
    }

    @Override
    public Instant instant() {
        Reading now = reading;
        Instant instant = now.stands() ? now.instant() : wall.instant().plus(now.ahead());
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether it stands still until it is moved. */
    public boolean stands() {
        return reading.stands();
    }

    /** Reads again where the ledger's time stands; another node may have moved it. */
    public void refresh() {
        reading = read();
    }

    /**
     * Moves the ledger's time on.
     *
     * @param stands whether it stands still at {@code now} or runs on from there
     * @return false, and nothing is moved, if {@code now} is earlier than the ledger's time
     */
    public boolean moveTo(Instant now, boolean stands) {
        return store(
                UPSERT
                        + " WHERE ledger_now(v.ledger_id) <= v.now"
                        + " ON CONFLICT (ledger_id) DO UPDATE SET ledger_time = EXCLUDED.ledger_time,"
                        + " wall_time = EXCLUDED.wall_time, stands = EXCLUDED.stands"
                        + " WHERE ledger_now(c.ledger_id) <= EXCLUDED.ledger_time",
                now,
                stands);
    }

    /**
     * Starts a ledger at a time of its own, which may be past or future.
     *
     * @return false, and nothing changes, if its clock was set before or its log is already later
     */
    public boolean startAt(Instant now, boolean stands) {
        return store(
                UPSERT
                        + " WHERE NOT EXISTS (SELECT FROM (SELECT at FROM event"
                        + " WHERE ledger_id = v.ledger_id ORDER BY position DESC LIMIT 1) last"
                        + " WHERE last.at > v.now) ON CONFLICT DO NOTHING",
                now,
                stands);
    }

    private boolean store(String sql, Instant now, boolean stands) {
        try {
            boolean stored =
                    !LogRows.query(
                                    database,
                                    row -> true,
                                    sql + " RETURNING 1",
                                    ledgerId,
                                    now.atOffset(ZoneOffset.UTC),
                                    stands)
                            .isEmpty();
            refresh();
            return stored;
        } catch (SQLException e) {
            throw new LogUnreadable("the clock of ledger " + ledgerId + " cannot be set", e);
        }
    }

    private Reading read() {
        try {
            List<Reading> rows =
                    LogRows.query(
                            database,
                            row -> {
                                Instant now = row.getObject(2, OffsetDateTime.class).toInstant();
                                return new Reading(
                                        row.getBoolean(1),
                                        now,
                                        Duration.between(wall.instant(), now));
                            },
                            "SELECT stands, ledger_now(ledger_id) FROM ledger_clock"
                                    + " WHERE ledger_id = ?",
                            ledgerId);
            return rows.isEmpty()
                    ? new Reading(false, Instant.EPOCH, Duration.ZERO)
                    : rows.getFirst();
        } catch (SQLException e) {
            throw new LogUnreadable("the clock of ledger " + ledgerId + " cannot be read", e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        LedgerClock self = this;
        return new Clock() {
            @Override
            public Instant instant() {
                return self.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return self.withZone(other);
            }
        };
    }
}
