package jp.hashimo.api.approval;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.hashimo.api.http.Instants;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.merchant.BankAccount;
import jp.hashimo.api.merchant.StoreProfiles;
import jp.hashimo.ledger.id.ApprovalId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what waits for a second person. */
@Component
class Approvals {
    private static final String COLUMNS =
            "SELECT approval_id, kind, subject_id, detail, proposed_by, proposed_at, state FROM approval";

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final JsonMapper json;
    private final StoreProfiles stores;

    Approvals(JdbcClient jdbc, LedgerId ledgerId, JsonMapper json, StoreProfiles stores) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.json = json;
        this.stores = stores;
    }

    /** What the second person has to compare with the paper. */
    record NewAccount(String merchantName, @Nullable BankAccount bankAccount) {}

    /** What the caller may judge: of a kind the caller approves, and another's proposal. */
    Page<Approval> waitingFor(Caller caller, Page.Ask ask) {
        String[] kinds =
                Arrays.stream(Approval.Kind.values())
                        .filter(kind -> caller.is(kind.approver()))
                        .map(Approval.Kind::stored)
                        .toArray(String[]::new);
        List<Approval> found =
                jdbc.sql(
                                COLUMNS
                                        + """
                                         WHERE ledger_id = ? AND state = 'WAITING' AND kind = ANY (?) AND proposed_by <> ?
                                           AND (proposed_at, approval_id) > (?, ?)
                                         ORDER BY proposed_at, approval_id LIMIT ?\
                                        """)
                        .params(
                                ledgerId.value(),
                                kinds,
                                caller.userId().toString(),
                                after(ask).at(),
                                after(ask).approvalId(),
                                ask.limit() + 1)
                        .query(approval())
                        .list();
        return Page.of(
                found.stream().map(this::withAccount).toList(),
                ask,
                last -> last.proposedAt() + " " + last.approvalId());
    }

    Optional<Approval> find(ApprovalId approvalId) {
        return jdbc.sql(COLUMNS + " WHERE ledger_id = ? AND approval_id = ?")
                .params(ledgerId.value(), approvalId.toString())
                .query(approval())
                .optional();
    }

    private record Place(OffsetDateTime at, String approvalId) {}

    private static Place after(Page.Ask ask) {
        if (ask.after() == null) {
            return new Place(OffsetDateTime.parse("0001-01-01T00:00:00Z"), "");
        }
        String[] parts = ask.after().split(" ", 2);
        try {
            return new Place(Instants.parse(parts[0]).atOffset(ZoneOffset.UTC), parts[1]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw Problem.malformed("/cursor");
        }
    }

    private RowMapper<Approval> approval() {
        return (row, _) ->
                new Approval(
                        ApprovalId.parse(row.getString("approval_id")),
                        Approval.Kind.of(row.getString("kind")),
                        row.getString("subject_id"),
                        json.readValue(row.getString("detail"), Map.class),
                        UserId.parse(row.getString("proposed_by")),
                        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                        row.getString("state"));
    }

    private Approval withAccount(Approval approval) {
        if (approval.kind() != Approval.Kind.BANK_ACCOUNT) {
            return approval;
        }
        var detail =
                new NewAccount(
                        stores.nameOf(MerchantId.parse(approval.subjectId())),
                        stores.waiting(approval.approvalId()).orElse(null));
        return new Approval(
                approval.approvalId(),
                approval.kind(),
                approval.subjectId(),
                detail,
                approval.proposedBy(),
                approval.proposedAt(),
                approval.state());
    }
}
