package jp.hashimo.loadtest.peers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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
import org.postgresql.PGConnection;

/** What this machine and PostgreSQL allow before any ledger's logic. */
public final class Floor implements Contestant {
    private static final String DATABASE = "floor";
    private static final int PROJECTED = 200_000;
    private static final int COPIED = 100_000;

    private final Cluster cluster;
    private final Path folder;

    public Floor(Cluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "floor and anchor";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.FLOOR, Row.ANCHOR, Row.FIFTY, Row.COPY, Row.PAGED_PROJECTOR);
    }

    @Override
    public Optional<String> absent() {
        return Tool.missing(PgBench.COMMAND);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws IOException, SQLException {
        cluster.create(DATABASE);
        cluster.execute(DATABASE, PgBench.resource("floor/tables.sql"));
        List<Case> cases = new ArrayList<>();
        for (Row row : wanted) {
            switch (row) {
                case FLOOR -> cases.add(bench(row, "floor/append.pgbench", 1));
                case ANCHOR -> cases.add(bench(row, "floor/load-append.pgbench", 1));
                case FIFTY -> cases.add(bench(row, "floor/append-50.pgbench", 50));
                case COPY -> {
                    byte[] rows = copied();
                    cases.add(
                            new Workload(
                                    row,
                                    Case.Place.HERE,
                                    _ -> copy(rows),
                                    () -> cluster.execute(DATABASE, "TRUNCATE heap")));
                }
                case PAGED_PROJECTOR -> {
                    cluster.execute(
                            DATABASE,
                            "CREATE TABLE history AS SELECT n AS place, sample_payment(n) AS payload FROM generate_series(1, "
                                    + PROJECTED
                                    + ") n",
                            "ALTER TABLE history ADD PRIMARY KEY (place)",
                            "VACUUM ANALYZE history");
                    cases.add(
                            new Workload(
                                    row,
                                    Case.Place.CHILD,
                                    _ -> project(),
                                    () -> cluster.execute(DATABASE, "TRUNCATE balance")));
                }
                default -> throw new IllegalArgumentException("not a row of the floor: " + row);
            }
        }
        return cases;
    }

    private PgBench bench(Row row, String script, int units) {
        return new PgBench(cluster, folder, DATABASE, row, script, units);
    }

    private byte[] copied() throws SQLException {
        try (Connection connection = cluster.connect(DATABASE);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT sample_payment(n)::text FROM generate_series(1, "
                                        + COPIED
                                        + ") n")) {
            var text = new StringBuilder();
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** One COPY of 100,000 rows, of which JSON without backslashes needs no escapes. */
    private Load copy(byte[] rows) throws SQLException, IOException {
        try (Connection connection = cluster.connect(DATABASE)) {
            long from = System.nanoTime();
            long copied =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "COPY heap (payload) FROM STDIN",
                                    new ByteArrayInputStream(rows));
            return Load.bulk(copied, (System.nanoTime() - from) / 1e9);
        }
    }

    /** A projector as one would write it in SQL alone: a page, one upsert, one commit. */
    private Load project() throws SQLException {
        long from = System.nanoTime();
        cluster.execute(
                DATABASE,
                """
                DO $$
                DECLARE
                    v_from bigint := 0;
                BEGIN
                    WHILE v_from < %d LOOP
                        INSERT INTO balance AS b (wallet, points, events)
                        SELECT payload ->> 'wallet', sum((payload ->> 'points')::bigint), count(*)
                          FROM history WHERE place > v_from AND place <= v_from + 1000 GROUP BY 1
                        ON CONFLICT (wallet) DO UPDATE
                           SET points = b.points + excluded.points, events = b.events + excluded.events;
                        COMMIT;
                        v_from := v_from + 1000;
                    END LOOP;
                END $$
                """
                        .formatted(PROJECTED));
        return Load.bulk(PROJECTED, (System.nanoTime() - from) / 1e9);
    }
}
