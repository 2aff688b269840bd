package jp.hashimo.ledger.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.payment.PaymentRejection.InsufficientPoints;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.ledger.testing.City;
import jp.hashimo.ledger.testing.LedgerNode;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;

/**
 * What each wallet can spend at each store, as the rules themselves say it: everybody asks to pay a
 * fortune, and is refused with the figures.
 */
final class UsablePoints {
    private static final long A_FORTUNE = 1_000_000_000;

    private UsablePoints() {}

    /** What one wallet can spend at one store, and what it has besides. */
    record Usable(WalletId wallet, MerchantId store, long here, long notHere) {
        @Override
        public String toString() {
            return "%s at %s: %d points, and %d not usable there"
                    .formatted(wallet, store, here, notHere);
        }
    }

    static List<Usable> at(LedgerNode node) {
        List<RecordedEvent> facts = node.log().read(0, Integer.MAX_VALUE);
        var usable = new ArrayList<Usable>();
        for (CitizenRegistered citizen : of(CitizenRegistered.class, facts)) {
            for (MerchantRegistered store : of(MerchantRegistered.class, facts)) {
                usable.add(ask(node, citizen.walletId(), store.merchantId()));
            }
        }
        return usable;
    }

    static String text(List<Usable> usable) {
        return String.join("", usable.stream().map(line -> line + "\n").toList());
    }

    private static Usable ask(LedgerNode node, WalletId wallet, MerchantId store) {
        var outcome =
                node.execute(
                        new ProposePayment(
                                new PaymentId(UUID.randomUUID()),
                                wallet,
                                store,
                                null,
                                ScanMode.USER_SCAN,
                                null,
                                A_FORTUNE,
                                City.HELD_FOR));
        if (outcome instanceof Outcome.Refused(InsufficientPoints reason, long _)) {
            return new Usable(
                    wallet, store, reason.usable().amount(), total(reason.notUsableHere()));
        }
        throw new AssertionError(outcome.toString());
    }

    private static long total(List<Draw> draws) {
        return draws.stream().mapToLong(draw -> draw.amount().amount()).sum();
    }

    private static <E> List<E> of(Class<E> type, List<RecordedEvent> facts) {
        return facts.stream()
                .map(RecordedEvent::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
