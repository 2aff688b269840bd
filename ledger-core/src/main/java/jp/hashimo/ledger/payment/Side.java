package jp.hashimo.ledger.payment;

/** One of the two who must agree before points move. */
public enum Side {
    CITIZEN,
    STORE
}
