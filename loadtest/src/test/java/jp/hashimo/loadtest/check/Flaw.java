package jp.hashimo.loadtest.check;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as it should be, planted in a town that is.
 *
 * @param check that has to see it, whatever else does
 */
record Flaw(String name, String check, Planting planting) {
    /** Where it is put. */
    interface Planting {
        /** False if this town has no place for it. */
        boolean in(SmallTown town, Random random);
    }

    static Stream<Flaw> all() {
        return Stream.of(FlawsOfTheLog.ALL, FlawsOfWrites.ALL, FlawsOfReads.ALL, FlawsOfTables.ALL)
                .flatMap(List::stream);
    }

    static <T> @Nullable T pick(List<T> all, Predicate<T> wanted, Random random) {
        List<T> some = all.stream().filter(wanted).toList();
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    @Override
    public String toString() {
        return name + " (" + check + ")";
    }
}
