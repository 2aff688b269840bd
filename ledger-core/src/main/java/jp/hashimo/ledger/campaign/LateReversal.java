package jp.hashimo.ledger.campaign;

/**
 * What a payment's reversal gives back of a lot that has ended meanwhile.
 *
 * @param graceDays 0: nothing, the value lapses (FORFEIT); n: a new lot that lives to the end of
 *     the n-th day after the reversal's
 */
public record LateReversal(int graceDays) {
    public static final LateReversal FORFEIT = new LateReversal(0);

    public LateReversal {
        if (graceDays < 0) {
            throw new IllegalArgumentException("grace days must not be negative: " + graceDays);
        }
    }
}
