package jp.hashimo.ledger.merchant;

import java.time.Instant;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.UserId;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;

/**
 * Everything that can happen to one store. Its name and its bank account are personal data of
 * whoever keeps it, and stand outside the log.
 *
 * <p>What a payment depends on carries the tag {@code store-status} too, so that a payment reads a
 * handful of facts however much the store has sold.
 */
public sealed interface MerchantEvent extends LedgerEvent {
    MerchantId merchantId();

    /**
     * The city has registered a store.
     *
     * @param storeNumber what is typed when nothing can be scanned; unique in the city
     */
    @Event(namespace = "merchant", name = "Registered", version = "1")
    record MerchantRegistered(
            @EventTag(key = "merchant") @EventTag(key = "store-status") MerchantId merchantId,
            @EventTag(key = "store-number") int storeNumber,
            StoreClass storeClass,
            Instant registeredAt)
            implements MerchantEvent {}

    /**
     * From {@code effectiveFrom} on the store is of another class; payments proposed before keep
     * the old one.
     */
    @Event(namespace = "merchant", name = "ClassChanged", version = "1")
    record StoreClassChanged(
            @EventTag(key = "merchant") @EventTag(key = "store-status") MerchantId merchantId,
            StoreClass storeClass,
            Instant effectiveFrom,
            Instant changedAt)
            implements MerchantEvent {}

    @Event(namespace = "merchant", name = "Suspended", version = "1")
    record StoreSuspended(
            @EventTag(key = "merchant") @EventTag(key = "store-status") MerchantId merchantId,
            Instant suspendedAt)
            implements MerchantEvent {}

    @Event(namespace = "merchant", name = "Resumed", version = "1")
    record StoreResumed(
            @EventTag(key = "merchant") @EventTag(key = "store-status") MerchantId merchantId,
            Instant resumedAt)
            implements MerchantEvent {}

    /** The store has one more till. */
    @Event(namespace = "merchant", name = "RegisterOpened", version = "1")
    record RegisterOpened(
            @EventTag(key = "merchant") MerchantId merchantId,
            RegisterId registerId,
            String name,
            Instant openedAt)
            implements MerchantEvent {}

    /**
     * The store has one more person who may say OK; the name and the login stand outside the log.
     */
    @Event(namespace = "merchant", name = "OperatorAdded", version = "1")
    record OperatorAdded(
            @EventTag(key = "merchant") MerchantId merchantId, UserId operator, Instant addedAt)
            implements MerchantEvent {}

    /** Another bank account was asked for; until a second person agrees the old one is paid. */
    @Event(namespace = "merchant", name = "BankAccountChangeProposed", version = "1")
    record BankAccountChangeProposed(
            @EventTag(key = "merchant") MerchantId merchantId,
            @EventTag(key = "approval") ApprovalId approvalId,
            UserId proposedBy,
            Instant proposedAt)
            implements MerchantEvent {}

    @Event(namespace = "merchant", name = "BankAccountChanged", version = "1")
    record BankAccountChanged(
            @EventTag(key = "merchant") MerchantId merchantId,
            @EventTag(key = "approval") ApprovalId approvalId,
            UserId approvedBy,
            Instant changedAt)
            implements MerchantEvent {}

    @Event(namespace = "merchant", name = "BankAccountChangeRejected", version = "1")
    record BankAccountChangeRejected(
            @EventTag(key = "merchant") MerchantId merchantId,
            @EventTag(key = "approval") ApprovalId approvalId,
            UserId rejectedBy,
            Instant rejectedAt)
            implements MerchantEvent {}
}
