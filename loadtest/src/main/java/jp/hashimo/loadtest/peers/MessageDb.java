package jp.hashimo.loadtest.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Workload;

/**
 * message-db, an event store in PL/pgSQL whose appends take a lock per category. It comes from its
 * npm package, into a folder of this run.
 */
public final class MessageDb implements Contestant {
    private static final String DATABASE = "messagedb";
    private static final String PACKAGE = "@eventide/message-db@1.3.1";
    private static final int READ = 50_000;
    private static final int PAGE = 1_000;

    /** Its own scripts, in the order in which its installer runs them. */
    private static final List<String> SCRIPTS =
            List.of(
                    "roles/message-store",
                    "schema/message-store",
                    "extensions/pgcrypto",
                    "tables/messages",
                    "types/message",
                    "functions/message-store-version",
                    "functions/hash-64",
                    "functions/acquire-lock",
                    "functions/category",
                    "functions/is-category",
                    "functions/id",
                    "functions/cardinal-id",
                    "functions/stream-version",
                    "functions/write-message",
                    "functions/get-stream-messages",
                    "functions/get-category-messages",
                    "functions/get-last-stream-message",
                    "indexes/messages-id",
                    "indexes/messages-stream",
                    "indexes/messages-category");

    private final Cluster cluster;
    private final Path folder;
    private boolean reads;

    public MessageDb(Cluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "message-db";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.MESSAGE_DB_OWN, Row.MESSAGE_DB_ONE, Row.MESSAGE_DB_READ);
    }

    @Override
    public Optional<String> absent() {
        return Tool.missing("npm").or(() -> Tool.missing(PgBench.COMMAND));
    }

    @Override
    public boolean mayBeMissing() {
        return true;
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws IOException, SQLException {
        Path installed = Files.createDirectories(folder.resolve("message-db"));
        var _ =
                Tool.run(
                        installed,
                        List.of(
                                "npm",
                                "install",
                                "--no-audit",
                                "--no-fund",
                                "--silent",
                                "--prefix",
                                installed.toString(),
                                PACKAGE));
        Path scripts = installed.resolve("node_modules/@eventide/message-db/database");
        cluster.create(DATABASE);
        // Its functions call one another without naming their schema.
        cluster.execute(
                DATABASE,
                "ALTER DATABASE " + DATABASE + " SET search_path TO message_store, public");
        for (String script : SCRIPTS) {
            cluster.execute(DATABASE, Files.readString(scripts.resolve(script + ".sql")));
        }
        List<Case> cases = new ArrayList<>();
        for (Row row : wanted) {
            cases.add(
                    switch (row) {
                        case MESSAGE_DB_OWN -> bench(row, "messagedb/own-category.pgbench");
                        case MESSAGE_DB_ONE -> bench(row, "messagedb/one-category.pgbench");
                        case MESSAGE_DB_READ -> reading();
                        default ->
                                throw new IllegalArgumentException(
                                        "not a row of message-db: " + row);
                    });
        }
        return cases;
    }

    private PgBench bench(Row row, String script) {
        return new PgBench(cluster, folder, DATABASE, row, script, 1);
    }

    private Case reading() throws IOException, SQLException {
        String payment = PgBench.resource("floor/tables.sql");
        cluster.execute(
                DATABASE,
                payment.substring(payment.indexOf("CREATE FUNCTION")),
                "INSERT INTO messages (stream_name, position, type, data) SELECT 'read-' || n % 10000, n / 10000, 'Paid',"
                        + " sample_payment(n) FROM generate_series(1, "
                        + READ
                        + ") n",
                "VACUUM ANALYZE messages");
        reads = true;
        return new Workload(Row.MESSAGE_DB_READ, Case.Place.HERE, _ -> read());
    }

    /** Its client is of this process, as our reader is. */
    @Override
    public void warmUp(Duration duration) throws SQLException {
        for (long end = System.nanoTime() + duration.toNanos();
                reads && System.nanoTime() < end; ) {
            Load _ = read();
        }
    }

    /** By its own function over the wire, as its clients do. */
    private Load read() throws SQLException {
        try (Connection connection = cluster.connect(DATABASE);
                PreparedStatement page =
                        connection.prepareStatement(
                                "SELECT * FROM get_category_messages('read', ?, " + PAGE + ")")) {
            long from = System.nanoTime();
            long next = 1;
            long read = 0;
            long inPage;
            do {
                inPage = 0;
                page.setLong(1, next);
                try (ResultSet rows = page.executeQuery()) {
                    while (rows.next()) {
                        next = rows.getLong("global_position") + 1;
                        inPage += rows.getString("data").isEmpty() ? 0 : 1;
                    }
                }
                read += inPage;
            } while (inPage == PAGE);
            return Load.bulk(read, (System.nanoTime() - from) / 1e9);
        }
    }
}
