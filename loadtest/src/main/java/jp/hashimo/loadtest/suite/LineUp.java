package jp.hashimo.loadtest.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.peers.Floor;
import jp.hashimo.loadtest.peers.MessageDb;
import jp.hashimo.loadtest.peers.PgLedger;

/** Who takes part. */
final class LineUp implements AutoCloseable {
    private final List<Contestant> contestants;

    LineUp(Cluster cluster, Path folder, Options options) {
        contestants =
                List.of(
                        new Floor(cluster, folder),
                        new MessageDb(cluster, folder),
                        new PgLedger(cluster, folder, options.pgledger()));
    }

    List<Contestant> contestants() {
        return contestants;
    }

    /** The process of the ledger's service, while it runs. */
    Optional<ProcessHandle> service() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        for (Contestant contestant : contestants.reversed()) {
            contestant.close();
        }
    }
}
