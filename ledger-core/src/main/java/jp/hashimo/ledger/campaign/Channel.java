package jp.hashimo.ledger.campaign;

/** How a purchase is paid. */
public enum Channel {
    /** Cash at the city's counter, reported by the clerk who took it. */
    COUNTER,
    /** A card, reported by the payment provider. */
    CARD,
    /** A payment slip at a convenience store, reported by the payment provider. */
    CONVENIENCE;

    public boolean isReportedByProvider() {
        return this != COUNTER;
    }
}
