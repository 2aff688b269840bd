package jp.hashimo.api.merchant;

import java.time.Instant;
import java.util.Locale;
import jp.hashimo.api.http.Answer;
import jp.hashimo.api.http.Answers;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.merchant.MerchantEvent;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeProposed;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChangeRejected;
import jp.hashimo.ledger.merchant.MerchantEvent.BankAccountChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.merchant.MerchantEvent.OperatorAdded;
import jp.hashimo.ledger.merchant.MerchantEvent.RegisterOpened;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreClassChanged;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreResumed;
import jp.hashimo.ledger.merchant.MerchantEvent.StoreSuspended;
import jp.hashimo.ledger.merchant.MerchantRejection;
import jp.hashimo.ledger.merchant.MerchantRejection.ClassBeginsInThePast;
import jp.hashimo.ledger.merchant.MerchantRejection.NothingToApprove;
import jp.hashimo.ledger.merchant.MerchantRejection.SamePerson;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNotFound;
import jp.hashimo.ledger.merchant.MerchantRejection.StoreNumberTaken;
import jp.hashimo.ledger.merchant.StoreClass;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the city and the stores are told of changes to a store. */
@Component
class MerchantAnswers implements Answers {

    record Registered(MerchantId merchantId, String storeNumber, StoreClass storeClass) {}

    record Reclassified(MerchantId merchantId, StoreClass storeClass, Instant effectiveFrom) {}

    record Status(MerchantId merchantId, boolean suspended) {}

    record Till(RegisterId registerId, String name) {}

    record Operator(UserId operatorId) {}

    record Approval(ApprovalId approvalId, String state) {}

    @Override
    public @Nullable Answer to(LedgerEvent event) {
        return event instanceof MerchantEvent fact ? answer(fact) : null;
    }

    private static Answer answer(MerchantEvent fact) {
        return switch (fact) {
            case MerchantRegistered e ->
                    Answer.created(
                            new Registered(
                                    e.merchantId(),
                                    String.format(Locale.ROOT, "%08d", e.storeNumber()),
                                    e.storeClass()));
            case StoreClassChanged e ->
                    Answer.ok(new Reclassified(e.merchantId(), e.storeClass(), e.effectiveFrom()));
            case StoreSuspended e -> Answer.ok(new Status(e.merchantId(), true));
            case StoreResumed e -> Answer.ok(new Status(e.merchantId(), false));
            case RegisterOpened e -> Answer.created(new Till(e.registerId(), e.name()));
            case OperatorAdded e -> Answer.created(new Operator(e.operator()));
            case BankAccountChangeProposed e ->
                    Answer.accepted(new Approval(e.approvalId(), "WAITING"));
            case BankAccountChanged e -> Answer.ok(new Approval(e.approvalId(), "APPROVED"));
            case BankAccountChangeRejected e -> Answer.ok(new Approval(e.approvalId(), "REJECTED"));
        };
    }

    @Override
    public @Nullable Problem to(Rejection rejection) {
        return rejection instanceof MerchantRejection refusal ? problem(refusal) : null;
    }

    private static Problem problem(MerchantRejection refusal) {
        return switch (refusal) {
            case StoreNumberTaken _ -> Problem.of(409, "store-number-taken");
            case StoreNotFound _ -> Problem.notFound();
            case ClassBeginsInThePast _ -> Problem.malformed("/effectiveFrom");
            case NothingToApprove _ -> Problem.of(409, "approval-closed");
            case SamePerson _ -> Problem.of(403, "same-person");
        };
    }
}
