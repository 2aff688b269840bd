package jp.hashimo.ledger.money;

/** Whole Japanese yen. The currency has no minor unit, so {@code 1} is one yen. */
public record Yen(long amount) implements Comparable<Yen> {
    public static final Yen ZERO = new Yen(0);

    public Yen {
        if (amount < 0) {
            throw new IllegalArgumentException("yen must not be negative: " + amount);
        }
    }

    public Yen plus(Yen other) {
        return new Yen(Math.addExact(amount, other.amount));
    }

    /** Refuses with an {@link IllegalArgumentException} when {@code other} is more than this. */
    public Yen minus(Yen other) {
        return new Yen(Math.subtractExact(amount, other.amount));
    }

    public Yen times(long factor) {
        return new Yen(Math.multiplyExact(amount, factor));
    }

    public boolean covers(Yen other) {
        return amount >= other.amount;
    }

    public boolean isZero() {
        return amount == 0;
    }

    public static Yen least(Yen one, Yen other) {
        return one.covers(other) ? other : one;
    }

    @Override
    public int compareTo(Yen other) {
        return Long.compare(amount, other.amount);
    }
}
