package jp.hashimo.loadtest;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One round of a measurement.
 *
 * @param paymentsBefore how many payments a wallet had seen when the round began, on average
 * @param p50Millis half of the commands took no longer
 * @param jvmMillis CPU time of the service for each command; likewise PostgreSQL's and the clients'
 * @param others what share of all CPUs other processes took, 0 to 1
 */
record Round(
        double paymentsBefore,
        double commandsPerSecond,
        double p50Millis,
        double p99Millis,
        double jvmMillis,
        double postgresMillis,
        double clientMillis,
        double others) {

    static Round of(List<Long> latencies, long nanos, double paymentsBefore, Cpu used) {
        if (latencies.isEmpty()) {
            throw new IllegalStateException("not one command was answered");
        }
        List<Long> sorted = latencies.stream().sorted().toList();
        int commands = sorted.size();
        return new Round(
                paymentsBefore,
                commands * 1e9 / nanos,
                at(sorted, 0.50) / 1e6,
                at(sorted, 0.99) / 1e6,
                used.jvmMillis() / commands,
                used.postgresMillis() / commands,
                used.clientMillis() / commands,
                used.others());
    }

    private static double at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }

    /** One line of the page's table: medians, and the range of the rates. */
    static String row(int clients, List<Round> rounds) {
        List<Double> rates = rounds.stream().map(Round::commandsPerSecond).sorted().toList();
        return "| %d | %.0f | %.0f (%.0f–%.0f) | %.1f | %.1f | %.2f | %.2f | %.2f | %s |%n"
                .formatted(
                        clients,
                        median(rounds, Round::paymentsBefore),
                        median(rounds, Round::commandsPerSecond),
                        rates.getFirst(),
                        rates.getLast(),
                        median(rounds, Round::p50Millis),
                        median(rounds, Round::p99Millis),
                        median(rounds, Round::jvmMillis),
                        median(rounds, Round::postgresMillis),
                        median(rounds, Round::clientMillis),
                        rounds.stream()
                                .map(round -> "%.0f".formatted(100 * round.others()))
                                .collect(Collectors.joining(", ", "", " %")));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        List<Double> sorted = rounds.stream().map(of::applyAsDouble).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
