package jp.hashimo.ledger.wallet;

import java.util.ArrayList;
import java.util.List;
import jp.hashimo.ledger.money.Points;

/**
 * What a store could take of a wallet at an instant: the whole of it, in the order it would be
 * taken.
 *
 * @param usable what this store takes, first to be spent first
 * @param notUsableHere what it does not
 */
public record Plan(List<Draw> usable, List<Draw> notUsableHere, SpendingOrder order) {
    public Plan {
        usable = List.copyOf(usable);
        notUsableHere = List.copyOf(notUsableHere);
    }

    public Points usableTotal() {
        return Draw.total(usable);
    }

    public Points notUsableTotal() {
        return Draw.total(notUsableHere);
    }

    public boolean covers(Points amount) {
        return usableTotal().covers(amount);
    }

    /**
     * The first draws that add up to exactly the amount; refused with an {@link
     * IllegalArgumentException} if they cannot.
     */
    public List<Draw> draws(Points amount) {
        if (!covers(amount)) {
            throw new IllegalArgumentException(
                    "usable " + usableTotal() + " does not cover " + amount);
        }
        var draws = new ArrayList<Draw>();
        Points open = amount;
        for (Draw whole : usable) {
            if (open.isZero()) {
                break;
            }
            Points part = Points.least(open, whole.amount());
            draws.add(
                    new Draw(
                            whole.lotId(),
                            part,
                            whole.kind(),
                            whole.fund(),
                            whole.expiresAt(),
                            whole.campaignId(),
                            whole.programmeId()));
            open = open.minus(part);
        }
        return draws;
    }
}
