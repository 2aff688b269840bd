package jp.hashimo.loadtest.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CPU time used so far, in milliseconds, as Linux counts it in {@code /proc}, whose tick is 10 ms.
 *
 * @param all of all CPUs, used or not
 * @param idle of it, what nobody used
 * @param server PostgreSQL: the server, its workers that live, and those that have ended
 * @param service the ledger's own process, if one runs
 * @param self this process
 * @param children what this process started and has ended
 */
record Cpu(double all, double idle, double server, double service, double self, double children) {
    private static final Path PROC = Path.of("/proc");
    private static final double MILLIS_PER_TICK = 10;

    static Cpu read(ProcessHandle postmaster, Optional<ProcessHandle> service) {
        long[] system = system();
        return new Cpu(
                Stream.of(0, 1, 2, 3, 4, 5, 6, 7).mapToLong(i -> system[i]).sum() * MILLIS_PER_TICK,
                (system[3] + system[4]) * MILLIS_PER_TICK,
                Stream.concat(Stream.of(postmaster), postmaster.descendants())
                                .mapToLong(process -> own(process) + ended(process))
                                .sum()
                        * MILLIS_PER_TICK,
                service.map(Cpu::own).orElse(0L) * MILLIS_PER_TICK,
                own(ProcessHandle.current()) * MILLIS_PER_TICK,
                ended(ProcessHandle.current()) * MILLIS_PER_TICK);
    }

    Cpu minus(Cpu earlier) {
        return new Cpu(
                all - earlier.all,
                idle - earlier.idle,
                server - earlier.server,
                service - earlier.service,
                self - earlier.self,
                children - earlier.children);
    }

    /** CPU time of what does the work, besides PostgreSQL. */
    double contestant(Case.Place place) {
        return switch (place) {
            case CHILD -> 0;
            case HERE -> self;
            case SERVICE -> service;
        };
    }

    /** CPU time of what asks for the work, where that is somebody else. */
    double generator(Case.Place place) {
        return switch (place) {
            case CHILD -> children;
            case HERE -> 0;
            case SERVICE -> self;
        };
    }

    /**
     * What share of all CPUs, in percent, went to those who have no part in a row; what a
     * hypervisor took counts too.
     */
    double otherPercent(Case.Place place) {
        if (all <= 0) {
            return 0;
        }
        double others = all - idle - server - self - children;
        return Math.max(0, 100 * (place == Case.Place.SERVICE ? others - service : others) / all);
    }

    /** user, nice, system, idle, iowait, irq, softirq, steal. */
    private static long[] system() {
        try (Stream<String> lines = Files.lines(PROC.resolve("stat"))) {
            String line = lines.filter(l -> l.startsWith("cpu ")).findFirst().orElseThrow();
            return Stream.of(line.substring(4).strip().split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long own(ProcessHandle process) {
        return ticks(process, 11);
    }

    private static long ended(ProcessHandle process) {
        return ticks(process, 13);
    }

    private static long ticks(ProcessHandle process, int first) {
        try {
            String stat = Files.readString(PROC.resolve(process.pid() + "/stat"));
            // The second field is the name in brackets, which may hold spaces; utime is the 14th.
            List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return Long.parseLong(fields.get(first)) + Long.parseLong(fields.get(first + 1));
        } catch (IOException e) {
            // It has ended, and counts among its parent's ended children.
            return 0;
        }
    }
}
