package jp.hashimo.api.demo;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import jp.hashimo.api.config.StartRefused;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.money.TokyoTime;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Sets the clock of an empty demonstration, to the sale's opening unless {@code --ledger.clock}
 * says otherwise.
 */
@Component
@Profile("demo")
class DemoClock {
    private final LedgerClock clock;
    private final String beginning;

    DemoClock(LedgerClock clock, @Value("${ledger.clock:}") String beginning) {
        this.clock = clock;
        this.beginning = beginning;
    }

    /** Does nothing where a clock runs already: a restart never turns it back. */
    void begin() {
        var _ =
                clock.startAt(
                        beginning.isBlank() ? DemoSettlers.SALE_FROM : parse(beginning), false);
    }

    String print() {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                clock.instant().atZone(TokyoTime.TOKYO));
    }

    private static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new StartRefused(
                    "--ledger.clock="
                            + text
                            + " is no instant with an offset, such as 2023-10-02T08:59:00+09:00.");
        }
    }
}
