package jp.hashimo.gateway;

import java.time.Duration;
import java.time.InstantSource;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import org.jspecify.annotations.Nullable;

/**
 * The two ways to a payment: the citizen scans the store, or the store scans the citizen. Either
 * way a code only says who; amount, lots and everything else are the ledger's to decide, and the
 * other side's to agree to.
 */
public final class PaymentDoor {
    private final CodeReader reader;
    private final StoreDirectory stores;
    private final InstantSource ledgerClock;
    private final Duration holdFor;

    /** What a scan leads to. */
    public sealed interface Entry {
        /** The code is good; the ledger may be asked. */
        record Open(ProposePayment proposal) implements Entry {}

        /** It is not one of our codes for this purpose, or it was tampered with. */
        record Invalid() implements Entry {}

        /** It was a good one-time code, and its time is over. */
        record Expired() implements Entry {}

        /** The till the store names is not one of its own. */
        record ForeignRegister() implements Entry {}
    }

    /**
     * The door to a ledger.
     *
     * @param ledgerClock by which one-time codes expire
     * @param holdFor how long the other side has to say OK
     */
    public PaymentDoor(
            CodeReader reader, StoreDirectory stores, InstantSource ledgerClock, Duration holdFor) {
        this.reader = reader;
        this.stores = stores;
        this.ledgerClock = ledgerClock;
        this.holdFor = holdFor;
    }

    /** ユーザースキャン: a citizen has scanned, or typed, a store's code in any of its forms. */
    public Entry userScan(PaymentId paymentId, WalletId payer, String code, long amount) {
        return switch (reader.read(code)) {
            case ScannedCode.SignedStoreCode(var merchant, var register, _) ->
                    toStore(paymentId, payer, merchant, register, amount);
            case ScannedCode.EmvStoreCode(var number, var register) ->
                    byNumber(paymentId, payer, number, register, amount);
            case ScannedCode.StoreNumberTyped(var number) ->
                    byNumber(paymentId, payer, number, null, amount);
            case ScannedCode.CustomerToken _, ScannedCode.Unreadable _ -> new Entry.Invalid();
        };
    }

    /** ストアスキャン: a store has scanned a citizen's one-time code. */
    public Entry storeScan(
            PaymentId paymentId,
            MerchantId store,
            @Nullable RegisterId register,
            String code,
            long amount) {
        if (register != null && !stores.hasRegister(store, register)) {
            return new Entry.ForeignRegister();
        }
        return switch (reader.read(code)) {
            case ScannedCode.CustomerToken token when token.expiredAt(ledgerClock.instant()) ->
                    new Entry.Expired();
            case ScannedCode.CustomerToken token ->
                    new Entry.Open(
                            new ProposePayment(
                                    paymentId,
                                    token.walletId(),
                                    store,
                                    register,
                                    ScanMode.STORE_SCAN,
                                    token.nonce().toString(),
                                    amount,
                                    holdFor));
            case ScannedCode.SignedStoreCode _,
                    ScannedCode.EmvStoreCode _,
                    ScannedCode.StoreNumberTyped _ ->
                    new Entry.Invalid();
            case ScannedCode.Unreadable _ -> new Entry.Invalid();
        };
    }

    private Entry byNumber(
            PaymentId paymentId,
            WalletId payer,
            StoreNumber number,
            @Nullable RegisterId register,
            long amount) {
        return stores.withNumber(number)
                .<Entry>map(merchant -> toStore(paymentId, payer, merchant, register, amount))
                .orElseGet(Entry.Invalid::new);
    }

    private Entry toStore(
            PaymentId paymentId,
            WalletId payer,
            MerchantId merchant,
            @Nullable RegisterId register,
            long amount) {
        if (register != null && !stores.hasRegister(merchant, register)) {
            return new Entry.Invalid();
        }
        return new Entry.Open(
                new ProposePayment(
                        paymentId,
                        payer,
                        merchant,
                        register,
                        ScanMode.USER_SCAN,
                        null,
                        amount,
                        holdFor));
    }
}
