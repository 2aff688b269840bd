package jp.hashimo.ledger.wallet;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.DeviceId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Everything that can happen to a wallet apart from buying, earning and paying.
 *
 * <p>What concerns its holder and his phones carries the tag {@code wallet-holder} too, so that it
 * is found without reading every payment of the wallet.
 */
public sealed interface WalletEvent extends LedgerEvent {
    WalletId walletId();

    /**
     * A resident has a wallet, and only this one.
     *
     * @param personKeys keyed hashes by which the same person is known again; nobody without the
     *     key can tell a name from them
     * @param overridden whether the counter gave a second wallet knowingly, which is reviewed
     */
    @Event(namespace = "wallet", name = "CitizenRegistered", version = "1")
    record CitizenRegistered(
            @EventTag(key = "citizen") CitizenId citizenId,
            @EventTag(key = "wallet") @EventTag(key = "wallet-holder") WalletId walletId,
            @EventTag(key = "person") List<String> personKeys,
            boolean overridden,
            UserId registeredBy,
            Instant registeredAt)
            implements WalletEvent {}

    /** A phone has shown its public key and may draw codes for the wallet. */
    @Event(namespace = "wallet", name = "DeviceEnrolled", version = "1")
    record DeviceEnrolled(
            @EventTag(key = "wallet") @EventTag(key = "wallet-holder") WalletId walletId,
            @EventTag(key = "device") DeviceId deviceId,
            String alg,
            String publicKey,
            Instant enrolledAt)
            implements WalletEvent {}

    /** A lost or replaced phone draws no more codes; the value stays. */
    @Event(namespace = "wallet", name = "DeviceRevoked", version = "1")
    record DeviceRevoked(
            @EventTag(key = "wallet") @EventTag(key = "wallet-holder") WalletId walletId,
            @EventTag(key = "device") DeviceId deviceId,
            UserId revokedBy,
            Instant revokedAt)
            implements WalletEvent {}

    /**
     * What nobody had spent of a lot by its end is gone.
     *
     * @param lapsed the lot and the amount; its {@code expiresAt} is the value date in the books,
     *     however late the sweep was
     */
    @Event(namespace = "wallet", name = "LotLapsed", version = "1")
    record LotLapsed(@EventTag(key = "wallet") WalletId walletId, Draw lapsed, Instant recordedAt)
            implements WalletEvent, WalletChange {
        @Override
        public Wallet applyTo(Wallet wallet) {
            return wallet.lapse(lapsed);
        }
    }
}
