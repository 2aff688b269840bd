package jp.hashimo.api.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.journal.AccountCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The sums of all postings, account by account. Debits and credits are added up apart, so that
 * their difference proves something.
 */
@Component
class TrialBalance {
    private static final String SUMS =
            """
            SELECT account, sum(debit) AS debit, sum(credit) AS credit
              FROM (SELECT debit AS account, amount AS debit, 0 AS credit FROM posting WHERE ledger_id = :ledger AND position <= :last
                    UNION ALL
                    SELECT credit, 0, amount FROM posting WHERE ledger_id = :ledger AND position <= :last) sides
             GROUP BY account\
            """;

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;

    TrialBalance(JdbcClient jdbc, LedgerId ledgerId) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
    }

    record Account(String code, String name, long debit, long credit) {}

    record View(
            long position,
            Instant asOf,
            List<Account> accounts,
            long totalDebit,
            long totalCredit,
            long difference) {}

    View now(Instant now) {
        long position =
                jdbc.sql("SELECT position FROM projection WHERE ledger_id = ? AND name = 'journal'")
                        .param(ledgerId.value())
                        .query(Long.class)
                        .optional()
                        .orElse(0L);
        return upTo(position, now);
    }

    View upTo(long position, Instant asOf) {
        Map<String, Account> sums = new HashMap<>();
        jdbc.sql(SUMS)
                .param("ledger", ledgerId.value())
                .param("last", position)
                .query(row -> {
                    String code = row.getString("account");
                    sums.put(
                            code,
                            new Account(code, "", row.getLong("debit"), row.getLong("credit")));
                });
        List<Account> accounts =
                Arrays.stream(AccountCode.values()).map(account -> named(account, sums)).toList();
        long debit = accounts.stream().mapToLong(Account::debit).reduce(0, Math::addExact);
        long credit = accounts.stream().mapToLong(Account::credit).reduce(0, Math::addExact);
        return new View(position, asOf, accounts, debit, credit, Math.subtractExact(debit, credit));
    }

    private static Account named(AccountCode account, Map<String, Account> sums) {
        Account sum = sums.getOrDefault(account.code(), new Account(account.code(), "", 0, 0));
        return new Account(account.code(), account.title(), sum.debit(), sum.credit());
    }
}
