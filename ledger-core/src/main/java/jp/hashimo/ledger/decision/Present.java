package jp.hashimo.ledger.decision;

/** Whether there is any fact under a tag: a name taken, a code used, a person known. */
public record Present(Facts facts) implements Fold<Boolean> {

    public static Present of(String key, Object value) {
        return new Present(Facts.of(key, value));
    }

    @Override
    public Boolean initial() {
        return false;
    }

    @Override
    public Boolean evolve(Boolean present, LedgerEvent event) {
        return true;
    }
}
