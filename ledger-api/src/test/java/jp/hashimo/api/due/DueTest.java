package jp.hashimo.api.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.PaymentRejection.PaymentNotProposed;
import jp.hashimo.ledger.wallet.LapseLots.NothingToLapse;
import org.junit.jupiter.api.Test;

/** When a refusal means that nothing is left to do, for good. */
class DueTest {
    private static final Instant END = Instant.parse("2024-02-15T15:00:00Z");
    private static final WalletId WALLET = new WalletId(new UUID(0, 1));
    private static final PaymentId PAYMENT = new PaymentId(new UUID(0, 2));
    private static final long SHOWN = 7;
    private static final Due LOTS = new Due("LOTS", WALLET.toString(), END, "1", SHOWN);

    private static Outcome nothingToLapse(Instant at, long judged) {
        return new Outcome.Refused(new NothingToLapse(WALLET, at), judged);
    }

    @Test
    void lots_are_swept_if_nothing_was_left_at_their_end_or_later() {
        assertThat(LOTS.isSweptBy(nothingToLapse(END, SHOWN))).isTrue();
        assertThat(LOTS.isSweptBy(nothingToLapse(END.plusSeconds(1), SHOWN + 1))).isTrue();
    }

    @Test
    void before_their_end_it_says_nothing_that_there_was_nothing_to_sweep() {
        assertThat(LOTS.isSweptBy(nothingToLapse(END.minusNanos(1), SHOWN))).isFalse();
    }

    @Test
    void neither_does_a_state_that_does_not_know_the_lots_yet() {
        assertThat(LOTS.isSweptBy(nothingToLapse(END, SHOWN - 1))).isFalse();
    }

    @Test
    void what_ends_with_an_answer_waits_for_the_fact_that_ends_it() {
        var hold = new Due("HOLD", PAYMENT.toString(), END, "1", SHOWN);
        for (String state : new String[] {"PROPOSED", "CAPTURED"}) {
            var refused = new Outcome.Refused(new PaymentNotProposed(PAYMENT, state), SHOWN);
            assertThat(hold.isSweptBy(refused)).as(state).isFalse();
        }
    }
}
