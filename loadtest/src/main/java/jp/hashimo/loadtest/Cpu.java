package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time used so far, in milliseconds: by the service, its PostgreSQL, this process, everybody,
 * and nobody. Read from Linux's {@code /proc}, whose tick is 10 ms.
 *
 * @param jvmMillis the service without its PostgreSQL
 * @param postgresMillis the server, its workers that live, and those that have ended
 */
record Cpu(
        double jvmMillis,
        double postgresMillis,
        double clientMillis,
        double allMillis,
        double idleMillis) {
    private static final Path PROC = Path.of("/proc");
    private static final double MILLIS_PER_TICK = 10;

    static Cpu of(ServiceProcess service) {
        List<Long> system = numbers(PROC.resolve("stat"), "cpu ");
        // user, nice, system, idle, iowait, irq, softirq, steal
        double idle = system.get(3) + system.get(4);
        double all = system.stream().limit(8).mapToLong(Long::longValue).sum();
        ProcessHandle postmaster =
                new Postmaster(service.databaseFolder())
                        .find()
                        .orElseThrow(() -> new IllegalStateException("no PostgreSQL is running"));
        return new Cpu(
                ticks(service.handle(), false) * MILLIS_PER_TICK,
                Stream.concat(Stream.of(postmaster), postmaster.descendants())
                                .mapToLong(process -> ticks(process, true))
                                .sum()
                        * MILLIS_PER_TICK,
                ticks(ProcessHandle.current(), false) * MILLIS_PER_TICK,
                all * MILLIS_PER_TICK,
                idle * MILLIS_PER_TICK);
    }

    Cpu minus(Cpu earlier) {
        return new Cpu(
                jvmMillis - earlier.jvmMillis,
                postgresMillis - earlier.postgresMillis,
                clientMillis - earlier.clientMillis,
                allMillis - earlier.allMillis,
                idleMillis - earlier.idleMillis);
    }

    /** What share of all CPUs went to processes that have nothing to do with us. */
    double others() {
        double ours = jvmMillis + postgresMillis + clientMillis;
        return Math.max(0, (allMillis - idleMillis - ours) / allMillis);
    }

    private static long ticks(ProcessHandle process, boolean withEndedChildren) {
        try {
            String stat = Files.readString(PROC.resolve(process.pid() + "/stat"));
            // The second field is the name in brackets, which may hold spaces; utime is the 14th.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withEndedChildren
                    ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14])
                    : own;
        } catch (IOException e) {
            // It has ended, and counts among its parent's ended children.
            return 0;
        }
    }

    private static List<Long> numbers(Path file, String start) {
        try (Stream<String> lines = Files.lines(file)) {
            String line = lines.filter(l -> l.startsWith(start)).findFirst().orElseThrow();
            return Stream.of(line.substring(start.length()).strip().split(" ", -1))
                    .map(Long::parseLong)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
