package jp.hashimo.ledger.merchant;

import java.time.Instant;
import java.util.List;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Facts;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import jp.hashimo.ledger.merchant.MerchantRejection.NothingToApprove;
import jp.hashimo.ledger.merchant.MerchantRejection.SamePerson;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;

/** A store's payouts go to another bank account only when two people say so. */
public final class BankAccountChange {
    private BankAccountChange() {}

    /** The first person's word. The account itself waits, encrypted, outside the log. */
    public record Propose(MerchantId merchantId, ApprovalId approvalId, UserId by)
            implements Command<Store, StoreNotFound> {
        @Override
        public List<Fold<?>> boundary() {
            return List.of(new StoreOf(merchantId));
        }

        @Override
        public Store state(Folded known) {
            return known.of(new StoreOf(merchantId));
        }

        @Override
        public Decision<StoreNotFound> decide(Store store, Instant now) {
            return switch (store) {
                case Store.Absent _ -> Decision.reject(new StoreNotFound(merchantId));
                case Store.Known _ ->
                        Decision.accept(
                                new BankAccountChangeProposed(merchantId, approvalId, by, now));
            };
        }
    }

    /** Where the change stands: not proposed, waiting for the second person, or closed. */
    public sealed interface Standing {
        record NotProposed() implements Standing {}

        record Waiting(BankAccountChangeProposed proposal) implements Standing {}

        record Closed() implements Standing {}
    }

    private record StandingOf(ApprovalId approvalId) implements Fold<Standing> {
        @Override
        public Facts facts() {
            return Facts.of("approval", approvalId);
        }

        @Override
        public Standing initial() {
            return new Standing.NotProposed();
        }

        @Override
        public Standing evolve(Standing standing, LedgerEvent event) {
            return event instanceof BankAccountChangeProposed proposal
                    ? new Standing.Waiting(proposal)
                    : new Standing.Closed();
        }
    }

    /** The second person's word. */
    public record Judge(ApprovalId approvalId, boolean agrees, UserId by)
            implements Command<Standing, MerchantRejection> {
        @Override
        public List<Fold<?>> boundary() {
            return List.of(new StandingOf(approvalId));
        }

        @Override
        public Standing state(Folded known) {
            return known.of(new StandingOf(approvalId));
        }

        @Override
        public Decision<MerchantRejection> decide(Standing standing, Instant now) {
            return switch (standing) {
                case Standing.NotProposed _, Standing.Closed _ ->
                        Decision.reject(new NothingToApprove(approvalId));
                case Standing.Waiting(var proposal) when proposal.proposedBy().equals(by) ->
                        Decision.reject(new SamePerson(approvalId));
                case Standing.Waiting(var proposal) when agrees ->
                        Decision.accept(
                                new BankAccountChanged(proposal.merchantId(), approvalId, by, now));
                case Standing.Waiting(var proposal) ->
                        Decision.accept(
                                new BankAccountChangeRejected(
                                        proposal.merchantId(), approvalId, by, now));
            };
        }
    }
}
