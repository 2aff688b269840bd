package jp.hashimo.loadtest.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jp.hashimo.loadtest.Revision;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Workload;
import org.jspecify.annotations.Nullable;

/**
 * pgledger, a ledger in PL/pgSQL that keeps balances in rows. Its code is read from a checkout,
 * which may be a work tree or a bare git directory, and kept nowhere.
 */
public final class PgLedger implements Contestant {
    private static final String DATABASE = "pgledger";
    private static final String TRANSFERS = "SELECT count(*) FROM pgledger_transfers_view";
    private static final String BYTES =
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname IN ('pgledger_transfers', 'pgledger_entries')";

    private final Cluster cluster;
    private final Path folder;
    private final @Nullable Path checkout;

    /**
     * @param checkout null if none was given
     */
    public PgLedger(Cluster cluster, Path folder, @Nullable Path checkout) {
        this.cluster = cluster;
        this.folder = folder;
        this.checkout = checkout;
    }

    @Override
    public String name() {
        return "pgledger";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(
                Row.PGLEDGER_RANDOM, Row.PGLEDGER_ONE_STORE, Row.PGLEDGER_EIGHT, Row.PGLEDGER_DISK);
    }

    @Override
    public Optional<String> absent() {
        if (checkout == null) {
            return Optional.of("no checkout was given (--pgledger <checkout>)");
        }
        return Tool.missing(PgBench.COMMAND);
    }

    @Override
    public boolean mayBeMissing() {
        return true;
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws IOException, SQLException {
        cluster.create(DATABASE);
        cluster.execute(
                DATABASE,
                source("vendor/scoville-pgsql-ulid/ulid-to-uuid.sql"),
                source("vendor/scoville-pgsql-ulid/uuid-to-ulid.sql"),
                source("pgledger.sql"));
        String accounts = PgBench.resource("pgledger/accounts.sql");
        // The block that commits must be a statement of its own.
        int block = accounts.indexOf("DO $$");
        cluster.execute(
                DATABASE,
                accounts.substring(0, block),
                accounts.substring(block),
                "VACUUM ANALYZE");
        List<Case> cases = new ArrayList<>();
        for (Row row : wanted) {
            cases.add(
                    switch (row) {
                        case PGLEDGER_RANDOM, PGLEDGER_EIGHT ->
                                bench(row, "pgledger/random.pgbench");
                        case PGLEDGER_ONE_STORE -> bench(row, "pgledger/one-store.pgbench");
                        case PGLEDGER_DISK -> new Workload(row, Case.Place.CHILD, this::disk);
                        default ->
                                throw new IllegalArgumentException("not a row of pgledger: " + row);
                    });
        }
        return cases;
    }

    private PgBench bench(Row row, String script) {
        return new PgBench(cluster, folder, DATABASE, row, script, 1);
    }

    private String source(String path) throws IOException {
        Path given = given();
        if (Files.isRegularFile(given.resolve(path))) {
            return Files.readString(given.resolve(path));
        }
        return Tool.run(folder, List.of("git", "--git-dir=" + given, "show", "HEAD:" + path));
    }

    private Path given() {
        return Objects.requireNonNull(checkout).toAbsolutePath();
    }

    /** What the tables have grown by for each transfer, while it was busy as on any other day. */
    private Load disk(Duration duration) throws SQLException, IOException {
        long bytes = cluster.ask(DATABASE, BYTES);
        long transfers = cluster.ask(DATABASE, TRANSFERS);
        var _ = bench(Row.PGLEDGER_EIGHT, "pgledger/random.pgbench").run(duration);
        return Load.figure(
                (double) (cluster.ask(DATABASE, BYTES) - bytes)
                        / (cluster.ask(DATABASE, TRANSFERS) - transfers));
    }

    @Override
    public List<String> remarks() {
        return List.of("pgledger is at revision %s.".formatted(Revision.of(given())));
    }

    @Override
    public List<String> findings() throws SQLException {
        long sum = cluster.ask(DATABASE, "SELECT sum(balance) FROM pgledger_accounts_view");
        return sum == 0 ? List.of() : List.of("the balances add up to " + sum);
    }
}
