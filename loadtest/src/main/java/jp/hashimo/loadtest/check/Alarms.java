package jp.hashimo.loadtest.check;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import jp.hashimo.loadtest.check.Town.Campaign;
import jp.hashimo.loadtest.check.Town.Lot;
import jp.hashimo.loadtest.check.Town.Payment;
import jp.hashimo.loadtest.check.Town.Wallet;
import org.jspecify.annotations.Nullable;

/**
 * C7 for what comes due: whatever is open has an alarm at its end, and each lot one at its own, and
 * there are no others. What was worked off is closed.
 */
final class Alarms {
    private static final String PROJECTIONS = "C7";

    private final Findings findings;
    private final Town town;

    private record Alarm(String kind, String subject, Instant at) {}

    Alarms(Findings findings, Town town) {
        this.findings = findings;
        this.town = town;
    }

    /**
     * When the model stands where the alarms do.
     *
     * @param isHead whether this is the end of the log too: the note that an alarm was worked off
     *     is no part of the projection, and may speak of facts that come later
     */
    void check(Iterator<List<@Nullable Object>> rows, boolean isHead) {
        Set<Alarm> due = due();
        var set = new HashSet<Alarm>();
        while (rows.hasNext()) {
            List<@Nullable Object> row = rows.next();
            var alarm =
                    new Alarm(
                            String.valueOf(row.get(0)),
                            String.valueOf(row.get(1)),
                            row.get(2) instanceof Instant at ? at : Instant.MIN);
            findings.require(set.add(alarm), PROJECTIONS, () -> "an alarm is set twice: " + row);
            findings.require(
                    due.contains(alarm), PROJECTIONS, () -> "an alarm rings for nothing: " + row);
            findings.require(
                    !isHead || Boolean.FALSE.equals(row.get(3)) || isClosed(alarm),
                    PROJECTIONS,
                    () -> "an alarm is said to be worked off, and nothing was recorded: " + row);
        }
        due.removeAll(set);
        due.forEach(alarm -> findings.add(PROJECTIONS, "no alarm is set: " + alarm));
    }

    private Set<Alarm> due() {
        var due = new HashSet<Alarm>();
        for (Wallet w : town.wallets.values()) {
            for (Payment p : w.holds.values()) {
                due.add(new Alarm("HOLD", p.id, p.expiresAt));
            }
            for (Lot lot : w.lots) {
                due.add(new Alarm("LOTS", w.id, lot.expiresAt));
            }
        }
        for (Campaign c : town.campaigns.values()) {
            c.reserved.values().forEach(p -> due.add(new Alarm("RESERVATION", p.id, p.until)));
        }
        return due;
    }

    /** Nothing is left to record; what is held of an ended lot lapses with its hold. */
    private boolean isClosed(Alarm alarm) {
        Wallet w = town.wallets.get(alarm.subject);
        return alarm.kind.equals("LOTS")
                && w != null
                && w.live.stream()
                        .allMatch(lot ->
                                !lot.expiresAt.equals(alarm.at)
                                        || lot.remaining == w.held(lot, null));
    }
}
