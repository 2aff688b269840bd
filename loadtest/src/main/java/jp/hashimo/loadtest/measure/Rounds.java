package jp.hashimo.loadtest.measure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs every case once, then every case again, and so on: whatever disturbs meets all of them. */
public final class Rounds {
    private final Cluster cluster;
    private final Supplier<Optional<ProcessHandle>> service;
    private final Interference interference;
    private final Duration each;
    private final Consumer<Sample> told;

    /**
     * @param service the ledger's process while it runs
     * @param each how long a case works in a round
     * @param told of each sample as it comes
     */
    public Rounds(
            Cluster cluster,
            Supplier<Optional<ProcessHandle>> service,
            Interference interference,
            Duration each,
            Consumer<Sample> told) {
        this.cluster = cluster;
        this.service = service;
        this.interference = interference;
        this.each = each;
        this.told = told;
    }

    public List<Round> run(int rounds, List<Case> cases) throws Exception {
        List<Round> done = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            Map<Row, Sample> samples = new EnumMap<>(Row.class);
            for (Case one : Turns.inOrder(number, cases)) {
                int round = number;
                Sample sample = interference.quietest(() -> measure(round, one));
                samples.put(one.row(), sample);
                told.accept(sample);
            }
            done.add(new Round(number, samples));
        }
        return done;
    }

    private Sample measure(int round, Case one) throws Exception {
        cluster.checkpoint();
        Cpu before = cpu();
        Load load = one.run(each);
        long worked = System.nanoTime();
        one.drain();
        double drainSeconds = (System.nanoTime() - worked) / 1e9;
        Cpu used = cpu().minus(before);
        one.settle();
        return Sample.of(round, one.row(), one.place(), load, used, drainSeconds);
    }

    private Cpu cpu() throws SQLException {
        return Cpu.read(cluster.postmaster(), service.get());
    }
}
