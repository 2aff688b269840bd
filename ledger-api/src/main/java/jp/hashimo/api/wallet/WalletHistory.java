package jp.hashimo.api.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.http.Problem;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.readmodel.LotAmount;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What happened to a wallet, newest first. */
@Component
class WalletHistory {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final JsonMapper json;

    WalletHistory(JdbcClient jdbc, LedgerId ledgerId, JsonMapper json) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.json = json;
    }

    /** One line of the history. A fact that does two things has two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String entryId,
            Instant at,
            long position,
            String type,
            Points amount,
            List<LotAmount> lots,
            @Nullable PaymentId paymentId,
            @Nullable PurchaseId purchaseId) {}

    /** Where a page ends: position and type of the last entry seen. */
    private record Place(long position, String type) {
        static Place of(@Nullable String cursor) {
            if (cursor == null) {
                return new Place(Long.MAX_VALUE, "");
            }
            String[] parts = cursor.split(" ", 2);
            try {
                return new Place(Long.parseLong(parts[0]), parts[1]);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw Problem.malformed("/cursor");
            }
        }

        static String of(Entry entry) {
            return entry.position() + " " + entry.type();
        }
    }

    Page<Entry> page(WalletId walletId, Page.Ask ask) {
        Place after = Place.of(ask.after());
        List<Entry> entries =
                jdbc.sql(
                                """
                                SELECT position, at, type, amount, lots, payment_id, purchase_id FROM wallet_entry
                                 WHERE ledger_id = ? AND wallet_id = ? AND (position, type) < (?, ?)
                                 ORDER BY position DESC, type DESC LIMIT ?\
                                """)
                        .params(
                                ledgerId.value(),
                                walletId.toString(),
                                after.position(),
                                after.type(),
                                ask.limit() + 1)
                        .query((row, _) ->
                                new Entry(
                                        "ent_%d_%s"
                                                .formatted(
                                                        row.getLong("position"),
                                                        row.getString("type")
                                                                .toLowerCase(Locale.ROOT)),
                                        row.getObject("at", OffsetDateTime.class).toInstant(),
                                        row.getLong("position"),
                                        row.getString("type"),
                                        new Points(row.getLong("amount")),
                                        lots(row.getString("lots")),
                                        id(row.getString("payment_id"), PaymentId::parse),
                                        id(row.getString("purchase_id"), PurchaseId::parse)))
                        .list();
        return Page.of(entries, ask, Place::of);
    }

    private List<LotAmount> lots(String document) {
        return Arrays.asList(json.readValue(document, LotAmount[].class));
    }

    private static <T> @Nullable T id(@Nullable String text, Function<String, T> parse) {
        return text == null ? null : parse.apply(text);
    }
}
