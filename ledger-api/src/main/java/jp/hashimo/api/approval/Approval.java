package jp.hashimo.api.approval;

import java.time.Instant;
import java.util.Arrays;
import jp.hashimo.api.identity.Role;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.readmodel.ApprovalProjection;

/** Something that waits, or has waited, for a second person. */
record Approval(
        ApprovalId approvalId,
        Kind kind,
        String subjectId,
        Object detail,
        UserId proposedBy,
        Instant proposedAt,
        String state) {

    /** What is proposed, and who may agree to it. */
    enum Kind {
        BUDGET_RAISE(ApprovalProjection.BUDGET_RAISE, Role.CAMPAIGN_MANAGER),
        BANK_ACCOUNT(ApprovalProjection.BANK_ACCOUNT, Role.FINANCE_APPROVER);

        private final String stored;
        private final Role approver;

        Kind(String stored, Role approver) {
            this.stored = stored;
            this.approver = approver;
        }

        static Kind of(String stored) {
            return Arrays.stream(values())
                    .filter(kind -> kind.stored.equals(stored))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nobody approves a " + stored));
        }

        String stored() {
            return stored;
        }

        Role approver() {
            return approver;
        }
    }
}
