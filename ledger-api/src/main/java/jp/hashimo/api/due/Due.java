package jp.hashimo.api.due;

import java.time.Instant;
import jp.hashimo.ledger.campaign.EndReservation;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Outcome.Done;
import jp.hashimo.ledger.eventstore.Outcome.Refused;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.ExpirePayment;
import jp.hashimo.ledger.readmodel.DueProjection.Kind;
import jp.hashimo.ledger.wallet.LapseLots;
import jp.hashimo.ledger.wallet.LapseLots.NothingToLapse;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;

/**
 * What has come due, as its row was read.
 *
 * @param version of the row; another one if it came due once more since
 * @param shownAt the position its table showed
 */
record Due(String kind, String subject, Instant dueAt, String version, long shownAt) {

    /** Before everything that can come due. */
    static final Due NOTHING_YET = new Due("", "", Instant.parse("0001-01-01T00:00:00Z"), "", 0);

    /** What records it. */
    Command<?, ?> command() {
        return switch (Kind.valueOf(kind)) {
            case HOLD -> new ExpirePayment(PaymentId.parse(subject));
            case RESERVATION ->
                    new EndReservation(
                            PurchaseId.parse(subject), new EndReservation.Reason.TimeOver());
            case LOTS -> new LapseLots(WalletId.parse(subject));
        };
    }

    /**
     * Whether lots have been swept for good at this end of theirs. A refusal says so only if it was
     * judged at that end or later, by a state that has all the row is made of.
     *
     * <p>What ends with an answer needs no note: the fact that ends it takes its row away, and
     * until then a refusal may mean that it is not over yet.
     */
    boolean isSweptBy(Outcome outcome) {
        return switch (outcome) {
            case Done(var events, _, _) ->
                    events.getFirst().event() instanceof LotLapsed(_, _, Instant at)
                            && !at.isBefore(dueAt);
            case Refused(NothingToLapse(_, Instant at), long judged) ->
                    !at.isBefore(dueAt) && judged >= shownAt;
            case Refused _, Outcome.KeyReused _, Outcome.NoTime _, Outcome.Unknown _ -> false;
        };
    }
}
