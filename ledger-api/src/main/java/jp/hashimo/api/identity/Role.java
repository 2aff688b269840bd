package jp.hashimo.api.identity;

/** What somebody may do. */
public enum Role {
    CITIZEN,
    STORE,
    COUNTER,
    CAMPAIGN_MANAGER,
    DEPARTMENT_CLERK,
    FINANCE_CLERK,
    FINANCE_APPROVER,
    AUDITOR,
    /** Reads with a reason, moves nothing. */
    SUPPORT,
    /** Keeps the service running; has no rights over money. */
    ADMIN
}
