package jp.hashimo.loadtest.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import jp.hashimo.loadtest.Program;
import jp.hashimo.loadtest.check.Checkers;
import jp.hashimo.loadtest.check.Database;
import jp.hashimo.loadtest.check.History;
import jp.hashimo.loadtest.engine.Growth;
import jp.hashimo.loadtest.engine.InProcess;
import jp.hashimo.loadtest.engine.JpaEngine;
import jp.hashimo.loadtest.engine.LoadedTownsfolk;
import jp.hashimo.loadtest.engine.Replay;
import jp.hashimo.loadtest.http.Service;
import jp.hashimo.loadtest.http.ServiceGrowth;
import jp.hashimo.loadtest.measure.Audit;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Sizes;
import jp.hashimo.loadtest.peers.Floor;
import jp.hashimo.loadtest.peers.MessageDb;
import jp.hashimo.loadtest.peers.PgLedger;

/** Who takes part, and who checks our books. */
final class LineUp implements AutoCloseable {
    private static final Audit AUDIT = LineUp::findings;

    private static final String LEDGER = "hashimo";

    private final List<Contestant> contestants;
    private final Service service;
    private final Program program;

    LineUp(Cluster cluster, Path folder, Options options) {
        boolean full = options.mode() == Options.Mode.FULL;
        Sizes sizes = full ? Sizes.FULL : Sizes.SMALL;
        program = new Program(folder.resolve("program"), full);
        var townsfolk = new LoadedTownsfolk();
        service = new Service(cluster, folder, program, townsfolk, AUDIT);
        contestants =
                List.of(
                        new Floor(cluster, folder),
                        new MessageDb(cluster, folder),
                        new PgLedger(cluster, folder, options.pgledger()),
                        new InProcess(cluster, AUDIT),
                        new JpaEngine(cluster),
                        new Replay(cluster, AUDIT, sizes),
                        new Growth(cluster, sizes),
                        service,
                        new ServiceGrowth(cluster, folder, program, townsfolk, AUDIT, sizes));
    }

    /** The ledger's books and tables against a second model of its rules. */
    private static List<String> findings(String jdbcUrl) throws SQLException {
        try (Database ledger = new Database(jdbcUrl, new Properties(), LEDGER)) {
            return Checkers.check(ledger, History.none()).findings();
        }
    }

    List<Contestant> contestants() {
        return contestants;
    }

    /** How the ledger's service starts. */
    Program.Start start() {
        return program.start();
    }

    /** The process of the ledger's service, while it runs. */
    Optional<ProcessHandle> service() {
        return service.process();
    }

    @Override
    public void close() throws IOException {
        for (Contestant contestant : contestants.reversed()) {
            contestant.close();
        }
    }
}
