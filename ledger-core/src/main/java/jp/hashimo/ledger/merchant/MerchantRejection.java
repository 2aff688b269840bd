package jp.hashimo.ledger.merchant;

import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;

/** The ways a change to a store can be refused. */
public sealed interface MerchantRejection extends Rejection {

    record StoreNumberTaken(int storeNumber) implements MerchantRejection {}

    record StoreNotFound(MerchantId merchantId) implements MerchantRejection {}

    /** Another class was to begin before today; payments have been made under the one there was. */
    record ClassBeginsInThePast(MerchantId merchantId) implements MerchantRejection {}

    /** The change was already approved or rejected, or never proposed. */
    record NothingToApprove(ApprovalId approvalId) implements MerchantRejection {}

    /** Proposer and approver of one thing are never the same person. */
    record SamePerson(ApprovalId approvalId) implements MerchantRejection {}
}
