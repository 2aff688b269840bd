package jp.hashimo.api.http;

import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import org.jspecify.annotations.Nullable;

/** What one feature tells the world about its facts and its refusals. */
public interface Answers {

    /**
     * The answer to the request that left this fact as its last, or null if the fact is another
     * feature's.
     */
    @Nullable Answer to(LedgerEvent event);

    /** The problem a refusal is shown as, or null if it is another feature's. */
    @Nullable Problem to(Rejection rejection);
}
