package jp.hashimo.ledger.wallet;

/** How the points of a lot came about. */
public enum LotKind {
    /** Bought with the resident's own money. */
    PURCHASED,
    /** Added by a campaign to what was bought. */
    PREMIUM,
    /** Given by a programme. */
    AWARD
}
