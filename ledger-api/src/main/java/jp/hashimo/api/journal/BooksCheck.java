package jp.hashimo.api.journal;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jp.hashimo.api.http.LedgerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Holds the books against the wallets, again and again. They come from the same facts by two routes
 * that share no arithmetic, so a difference of one yen means that one of the two is wrong.
 */
@Configuration(proxyBeanMethods = false)
class BooksCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BooksCheck.class);
    private static final Duration EVERY = Duration.ofSeconds(30);

    /** It reads all the books there are: of a long log no more often than one part in fifty. */
    private static final int SHARE = 50;

    /**
     * What the city owes residents, per fund: by the books its liabilities with what is held, by
     * the wallets what remains.
     */
    private static final String DIFFERENCES =
            """
            SELECT fund, sum(books) - sum(wallets) AS difference
              FROM (SELECT fund, amount AS books, 0 AS wallets FROM posting
                     WHERE ledger_id = :ledger AND credit IN ('2110', '2120', '2130', '2140')
                    UNION ALL
                    SELECT fund, -amount, 0 FROM posting
                     WHERE ledger_id = :ledger AND debit IN ('2110', '2120', '2130', '2140')
                    UNION ALL
                    SELECT fund, 0, remaining FROM wallet_lot WHERE ledger_id = :ledger) sides
             GROUP BY fund HAVING sum(books) <> sum(wallets)\
            """;

    private static final String SAME_POSITION =
            """
            SELECT count(DISTINCT position) = 1 AND bool_and(stands) FROM projection_place
             WHERE ledger_id = ? AND name IN ('journal', 'wallet')\
            """;

    private final JdbcClient jdbc;
    private final LedgerId ledgerId;
    private final TransactionTemplate snapshot;
    private final AtomicLong difference = new AtomicLong();
    private final Pace pace = new Pace(SHARE, System::nanoTime);

    BooksCheck(
            JdbcClient jdbc,
            LedgerId ledgerId,
            PlatformTransactionManager transactions,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.ledgerId = ledgerId;
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        meters.gauge("hashimo.books.difference", difference);
    }

    @Bean
    RecurringTask<Void> booksCheckTask() {
        return Tasks.recurring("books-check", FixedDelay.of(EVERY))
                .execute((_, _) -> pace.keep(this::check));
    }

    private record Gap(String fund, long difference) {}

    /**
     * Compares in one snapshot in which both show the same position, of the log as it is; in
     * passing, that is next time.
     */
    void check() {
        snapshot.executeWithoutResult(_ -> {
            jdbc.sql("LOCK TABLE reading IN ACCESS SHARE MODE").update();
            if (jdbc.sql(SAME_POSITION).param(ledgerId.value()).query(Boolean.class).single()) {
                report(gaps());
            }
        });
    }

    private List<Gap> gaps() {
        return jdbc.sql(DIFFERENCES)
                .param("ledger", ledgerId.value())
                .query((row, _) -> new Gap(row.getString("fund"), row.getLong("difference")))
                .list();
    }

    private void report(List<Gap> gaps) {
        difference.set(gaps.stream().mapToLong(gap -> Math.abs(gap.difference())).sum());
        gaps.forEach(gap ->
                LOG.error(
                        "Books and wallets differ by {} yen in the fund {}",
                        gap.difference(),
                        gap.fund()));
    }

    /** The yen by which they differed at the last look; 0 if they agree. */
    long difference() {
        return difference.get();
    }
}
