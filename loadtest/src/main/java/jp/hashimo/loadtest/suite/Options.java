package jp.hashimo.loadtest.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param only names of goals; empty for all of the mode
 * @param each how long a case works in a round
 * @param attempts how often a disturbed row is measured at most
 */
record Options(
        Mode mode,
        @Nullable Path pgledger,
        Set<String> only,
        int rounds,
        Duration each,
        Duration warmUp,
        int attempts) {
    /** Fewer rounds, or less warm-up, say too little to be shown to anybody. */
    private static final int ROUNDS_TO_PUBLISH = 5;

    private static final int WARM_UP_SECONDS = 20;

    static final String USAGE =
            """
            loadtest/benchmark quick|full [--pgledger <checkout>] [--only P1,P3] [--rounds n] [--seconds n] [--warm-up n] [--attempts n]
            loadtest/benchmark parts [what JMH takes]
            """;

    /** How much is measured. */
    enum Mode {
        /** Rates and CPU, for every day. */
        QUICK(4),
        /** Every row there is: also growth, replay, disk and restart, by hand. */
        FULL(10);

        private final int seconds;

        Mode(int seconds) {
            this.seconds = seconds;
        }
    }

    static Options parse(List<String> arguments) {
        Deque<String> left = new ArrayDeque<>(arguments);
        Mode mode =
                switch (left.isEmpty() ? "" : left.removeFirst()) {
                    case "quick" -> Mode.QUICK;
                    case "full" -> Mode.FULL;
                    default -> throw new IllegalArgumentException("quick or full?");
                };
        Path pgledger = null;
        Set<String> only = Set.of();
        int rounds = ROUNDS_TO_PUBLISH;
        int seconds = mode.seconds;
        int warmUp = WARM_UP_SECONDS;
        // On a busy machine a quick run is still over within a quarter of an hour.
        int attempts = mode == Mode.QUICK ? 2 : 3;
        while (!left.isEmpty()) {
            String option = left.removeFirst();
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = left.removeFirst();
            switch (option) {
                case "--pgledger" -> pgledger = Path.of(value);
                case "--only" -> only = Set.of(value.split(",", -1));
                case "--rounds" -> rounds = positive(option, value);
                case "--seconds" -> seconds = positive(option, value);
                case "--warm-up" -> warmUp = positive(option, value);
                case "--attempts" -> attempts = positive(option, value);
                default -> throw new IllegalArgumentException("unknown: " + option);
            }
        }
        return new Options(
                mode,
                pgledger,
                only,
                rounds,
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(warmUp),
                attempts);
    }

    private static int positive(String option, String value) {
        int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0;
        if (number < 1) {
            throw new IllegalArgumentException(option + " is a number from 1, not " + value);
        }
        return number;
    }

    /** The mode, and the goals if they are not all of it: {@code full-p8-p11b}. */
    String label() {
        return Stream.concat(Stream.of(mode.name()), only.stream().sorted())
                .map(part -> part.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }

    /**
     * Why the figures may not stand beside others; empty if they may.
     *
     * @param absent names of those who could not take part
     */
    List<String> objections(Collection<String> absent) {
        List<String> objections = new ArrayList<>();
        if (rounds < ROUNDS_TO_PUBLISH) {
            objections.add("fewer than %d rounds".formatted(ROUNDS_TO_PUBLISH));
        }
        if (each.toSeconds() < mode.seconds) {
            objections.add("less than %d s for a row".formatted(mode.seconds));
        }
        if (warmUp.toSeconds() < WARM_UP_SECONDS) {
            objections.add("less than %d s of warm-up".formatted(WARM_UP_SECONDS));
        }
        absent.forEach(name -> objections.add(name + " is absent"));
        return List.copyOf(objections);
    }
}
