package jp.hashimo.ledger.payment;

/** Who scans whom, and so who proposes and who is awaited. */
public enum ScanMode {
    /** ユーザースキャン: the citizen scans the store's code and proposes; the store says OK. */
    USER_SCAN(Side.STORE),
    /** ストアスキャン: the store scans the citizen's code and proposes; the citizen says OK. */
    STORE_SCAN(Side.CITIZEN);

    private final Side awaited;

    ScanMode(Side awaited) {
        this.awaited = awaited;
    }

    public Side awaited() {
        return awaited;
    }
}
