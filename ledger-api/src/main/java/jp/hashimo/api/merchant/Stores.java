package jp.hashimo.api.merchant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.api.http.Page;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.RegisterId;
import jp.hashimo.ledger.merchant.StoreClass;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The store list, as everybody may see it. */
@Component
class Stores {
    /** With the class of now: the last that has begun, or the first if none has. */
    private static final String STORES =
            """
            SELECT m.merchant_id, m.store_number, m.suspended,
                   (SELECT c.store_class FROM merchant_class c
                     WHERE c.ledger_id = m.ledger_id AND c.merchant_id = m.merchant_id
                     ORDER BY c.effective_from <= ? DESC,
                              CASE WHEN c.effective_from <= ? THEN c.effective_from END DESC,
                              c.effective_from
                     LIMIT 1) AS store_class
              FROM merchant m WHERE m.ledger_id = ?
            """;

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final StoreProfiles profiles;
    private final LedgerClock clock;

    Stores(JdbcClient jdbc, LedgerId ledgerId, StoreProfiles profiles, LedgerClock clock) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.profiles = profiles;
        this.clock = clock;
    }

    /**
     * A store.
     *
     * @param storeClass its class at this instant
     * @param storeNumber eight digits, for typing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoreView(
            MerchantId merchantId,
            String name,
            @Nullable String area,
            StoreClass storeClass,
            boolean suspended,
            String storeNumber) {}

    /** What is asked for; null asks for nothing. */
    record Filter(@Nullable StoreClass storeClass, @Nullable String area, @Nullable String text) {
        boolean fits(StoreView store) {
            return (storeClass == null || storeClass == store.storeClass())
                    && (area == null || area.isBlank() || area.strip().equals(store.area()))
                    && (text == null || text.isBlank() || isNamed(store, text.strip()));
        }

        private static boolean isNamed(StoreView store, String text) {
            return store.storeNumber().equals(text.replace(" ", ""))
                    || store.name()
                            .toLowerCase(Locale.ROOT)
                            .contains(text.toLowerCase(Locale.ROOT));
        }
    }

    private record Row(MerchantId merchantId, int number, boolean suspended, StoreClass now) {}

    /**
     * By id, which is the order of registration. Names are encrypted, so they are looked through
     * here and not by the database: a city has hundreds of stores, not millions.
     */
    Page<StoreView> list(Filter filter, Page.Ask ask) {
        List<StoreView> found =
                named(rows("AND m.merchant_id > ?", ask.after() == null ? "" : ask.after()))
                        .stream()
                        .filter(filter::fits)
                        .limit(ask.limit() + 1L)
                        .toList();
        return Page.of(found, ask, store -> store.merchantId().toString());
    }

    Optional<StoreView> find(MerchantId merchantId) {
        return named(rows("AND m.merchant_id = ?", merchantId.toString())).stream().findFirst();
    }

    boolean hasRegister(MerchantId merchantId, RegisterId registerId) {
        return jdbc.sql(
                                "SELECT count(*) FROM register WHERE ledger_id = ? AND merchant_id = ? AND register_id = ?")
                        .params(ledgerId.value(), merchantId.toString(), registerId.toString())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private List<Row> rows(String condition, String key) {
        return jdbc.sql(STORES + condition + " ORDER BY m.merchant_id")
                .params(now(), now(), ledgerId.value(), key)
                .query((row, _) ->
                        new Row(
                                MerchantId.parse(row.getString(1)),
                                row.getInt(2),
                                row.getBoolean(3),
                                StoreClass.valueOf(row.getString(4))))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private List<StoreView> named(List<Row> rows) {
        Map<String, StoreProfile> known = profiles.all(rows.stream().map(Row::merchantId).toList());
        return rows.stream()
                .map(row -> {
                    StoreProfile profile = known.get(row.merchantId().toString());
                    return new StoreView(
                            row.merchantId(),
                            profile == null ? row.merchantId().toString() : profile.name(),
                            profile == null ? null : profile.area(),
                            row.now(),
                            row.suspended(),
                            String.format(Locale.ROOT, "%08d", row.number()));
                })
                .toList();
    }
}
