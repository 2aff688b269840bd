package jp.hashimo.ledger.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import jp.hashimo.ledger.eventstore.SimulatedTown.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Hundreds of short stories of a town in which everything breaks. One is told again, step by step,
 * with {@code -Dseed=n}; more are told with {@code -Dseeds=n}, from {@code -Dfrom=n} on.
 */
class SimulatedTownTest {
    private static final int STORIES = Integer.getInteger("seeds", 400);
    private static final long FIRST = Long.getLong("from", 1);
    private static final int COMMANDS = Integer.getInteger("commands", 100);

    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private long commands;

    private static final Logger ENGINE =
            (Logger) LoggerFactory.getLogger(BatchWriter.class.getPackageName());

    /** The engine warns of every silence, and here is little else. */
    @BeforeAll
    static void quiet() {
        ENGINE.setLevel(Level.ERROR);
    }

    @AfterAll
    static void loud() {
        ENGINE.setLevel(null);
    }

    @Test
    void whatever_breaks_the_promises_are_kept() {
        Long only = Long.getLong("seed");
        if (only != null) {
            tell(only, System.out::println);
            return;
        }
        long seed = FIRST;
        while (seed < FIRST + STORIES) {
            tell(seed++, null);
        }
        System.out.println(
                "%d stories, %d commands, faults %s".formatted(seed - FIRST, commands, faults));
    }

    /** The same seed is the same story, or no finding could be looked into. */
    @Test
    void a_seed_tells_the_same_story_every_time() {
        var once = new StringBuilder();
        var again = new StringBuilder();
        tell(42, line -> once.append(line).append('\n'));
        tell(42, line -> again.append(line).append('\n'));

        assertThat(again.toString()).isEqualTo(once.toString());
    }

    private void tell(long seed, @Nullable Consumer<String> tracing) {
        var town = new SimulatedTown(seed, tracing);
        try {
            town.live(COMMANDS);
        } catch (RuntimeException | Error finding) {
            throw new AssertionError(
                    "seed "
                            + seed
                            + ": "
                            + finding.getMessage()
                            + " (tell it with -Dseed="
                            + seed
                            + ")",
                    finding);
        }
        commands += town.commands();
        town.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
    }
}
