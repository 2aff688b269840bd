package jp.hashimo.api.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.http.Fields;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.api.http.Page;
import jp.hashimo.api.identity.Vault;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.WalletId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds residents for the counter. Names are encrypted, so what is found is found whole. */
@Component
class CitizenSearch {
    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final PersonKeys keys;
    private final Vault vault;

    CitizenSearch(JdbcClient jdbc, LedgerId ledgerId, PersonKeys keys, Vault vault) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.keys = keys;
        this.vault = vault;
    }

    /**
     * A resident as the counter sees one.
     *
     * @param displayName null if the person has been forgotten
     */
    record Found(CitizenId citizenId, WalletId walletId, @Nullable String displayName) {}

    private record Row(CitizenId citizenId, WalletId walletId) {}

    Page<Found> find(String q, Page.Ask ask) {
        String asked = Fields.oneLine(q, "/q").strip();
        List<Row> rows =
                jdbc.sql(
                                """
                                SELECT citizen_id, wallet_id FROM wallet
                                 WHERE ledger_id = ? AND wallet_id > ?
                                   AND (wallet_id = ? OR citizen_id = ?
                                        OR citizen_id IN (SELECT citizen_id FROM person_key WHERE key_hash = ANY (?)))
                                 ORDER BY wallet_id LIMIT ?\
                                """)
                        .params(
                                ledgerId.value(),
                                ask.after() == null ? "" : ask.after(),
                                asked,
                                asked,
                                hashes(asked),
                                ask.limit() + 1)
                        .query((row, _) ->
                                new Row(
                                        CitizenId.parse(row.getString(1)),
                                        WalletId.parse(row.getString(2))))
                        .list();
        return Page.of(named(rows), ask, found -> found.walletId().toString());
    }

    private List<Found> named(List<Row> rows) {
        Map<String, Resident> residents =
                vault.all(rows.stream().map(Row::citizenId).toList(), Resident.class);
        return rows.stream()
                .map(row -> {
                    Resident resident = residents.get(row.citizenId().toString());
                    return new Found(
                            row.citizenId(),
                            row.walletId(),
                            resident == null ? null : resident.displayName());
                })
                .toList();
    }

    /** What was typed may be a phone number or a reading; if it can be neither, no hash. */
    private String[] hashes(String asked) {
        var hashes = new ArrayList<String>();
        try {
            hashes.add(keys.found(Phone.parse(asked)));
        } catch (IllegalArgumentException notPhone) {
            // Then it is something else.
        }
        try {
            hashes.add(keys.found(Kana.parse(asked)));
        } catch (IllegalArgumentException notKana) {
            // Then it is something else.
        }
        return hashes.toArray(String[]::new);
    }
}
