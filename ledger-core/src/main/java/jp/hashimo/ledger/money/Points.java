package jp.hashimo.ledger.money;

/** Whole points of the city's currency. One point buys what one yen buys. */
public record Points(long amount) implements Comparable<Points> {
    public static final Points ZERO = new Points(0);

    public Points {
        if (amount < 0) {
            throw new IllegalArgumentException("points must not be negative: " + amount);
        }
    }

    public Points plus(Points other) {
        return new Points(Math.addExact(amount, other.amount));
    }

    /** Refuses with an {@link IllegalArgumentException} when {@code other} is more than this. */
    public Points minus(Points other) {
        return new Points(Math.subtractExact(amount, other.amount));
    }

    public Points times(long factor) {
        return new Points(Math.multiplyExact(amount, factor));
    }

    public boolean covers(Points other) {
        return amount >= other.amount;
    }

    public boolean isZero() {
        return amount == 0;
    }

    public static Points least(Points one, Points other) {
        return one.covers(other) ? other : one;
    }

    @Override
    public int compareTo(Points other) {
        return Long.compare(amount, other.amount);
    }
}
