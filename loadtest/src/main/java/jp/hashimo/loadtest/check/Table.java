package jp.hashimo.loadtest.check;

import java.util.List;

/**
 * A table of the read model, as far as it is checked.
 *
 * @param projection whose position it is right for
 * @param order by which its rows are read
 */
public record Table(String name, String projection, List<String> columns, String order) {
    static final Table POSTING =
            new Table(
                    "posting",
                    "journal",
                    List.of(
                            "position",
                            "debit",
                            "credit",
                            "amount",
                            "value_date",
                            "fund",
                            "campaign_id",
                            "programme_id"),
                    "position, line");
    static final Table ENTRY =
            new Table(
                    "wallet_entry",
                    "wallet",
                    List.of(
                            "position",
                            "wallet_id",
                            "at",
                            "type",
                            "amount",
                            "lots",
                            "payment_id",
                            "purchase_id"),
                    "position, type");
    static final Table WALLET = of("wallet", "wallet", "wallet_id", "citizen_id", "registered_at");
    static final Table LOT =
            of(
                    "wallet_lot",
                    "wallet",
                    "lot_id",
                    "wallet_id",
                    "kind",
                    "scope",
                    "fund",
                    "face",
                    "remaining",
                    "issued_at",
                    "expires_at",
                    "campaign_id",
                    "programme_id");
    static final Table HOLD =
            of(
                    "wallet_hold",
                    "wallet",
                    "payment_id",
                    "lot_id",
                    "wallet_id",
                    "merchant_id",
                    "amount",
                    "held_at",
                    "expires_at");
    static final Table PAYMENT =
            of(
                    "payment",
                    "payment",
                    "payment_id",
                    "wallet_id",
                    "merchant_id",
                    "register_id",
                    "store_class",
                    "mode",
                    "amount",
                    "lots",
                    "policy",
                    "duplicate_warning",
                    "proposed_at",
                    "expires_at",
                    "state",
                    "closed_at");
    static final Table PURCHASE =
            of(
                    "purchase",
                    "campaign",
                    "purchase_id",
                    "campaign_id",
                    "wallet_id",
                    "channel",
                    "amount",
                    "premium",
                    "state",
                    "reserved_by",
                    "reserved_at",
                    "reserved_until",
                    "payment_reference",
                    "lots");
    static final Table MONEY_RETURN =
            of(
                    "money_return",
                    "campaign",
                    "task_id",
                    "purchase_id",
                    "payment_reference",
                    "amount",
                    "received_at");
    static final Table CAMPAIGN =
            of(
                    "campaign",
                    "campaign",
                    "campaign_id",
                    "terms",
                    "drafted_by",
                    "approved",
                    "suspended",
                    "premium_budget",
                    "premium_issued",
                    "position");
    static final Table MERCHANT =
            of("merchant", "merchant", "merchant_id", "store_number", "suspended", "registered_at");
    static final Table CLASS =
            of("merchant_class", "merchant", "merchant_id", "effective_from", "store_class");
    static final Table APPROVAL =
            of(
                    "approval",
                    "approval",
                    "approval_id",
                    "kind",
                    "subject_id",
                    "detail",
                    "proposed_by",
                    "proposed_at",
                    "state");
    static final Table DUE = of("due", "due", "kind", "subject", "due_at", "done");

    public Table {
        columns = List.copyOf(columns);
    }

    private static Table of(String name, String projection, String... columns) {
        return new Table(name, projection, List.of(columns), columns[0]);
    }
}
