package jp.hashimo.loadtest.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.hashimo.loadtest.Program;
import jp.hashimo.loadtest.measure.Goals;
import jp.hashimo.loadtest.measure.WarmUp;

/** What a reader of the figures has to know. */
final class Notes {
    private Notes() {}

    /**
     * @param start how the service started, if it took part
     */
    static List<String> of(Options options, Program.Start start) {
        List<String> notes =
                new ArrayList<>(
                        List.of(
                                """
                                Written by `loadtest/benchmark`. All contestants work on one cluster and take turns: %d rounds of %d s for each
                                row, in the order of the table below, a checkpoint before each; every other round the payments to one store come
                                before those to random stores. Ratios are taken inside a round. A command is one POST, or one call in process,
                                that is answered after its facts are durable; a payment is two. Closed loops: each client waits for its answer.
                                A row of which more than 0.1 %% failed in any round has no figure.\
                                """
                                        .formatted(options.rounds(), options.each().toSeconds()),
                                """
                                The generator shares the CPUs with what it measures. Where others took more than 15 %% of them a row was measured
                                again, at most %d times in all, and the attempt with the least interference was kept, whatever it showed. Before
                                the rounds our own rows in process are warmed up for %d s at their load. Rates by HTTP are warmed up at theirs, one
                                after the other, at least as long and until the service's CPU time for a command in %d s differs by less than %.0f %%
                                from the %d s before, but then no longer than %d s; after a restart all of that again.\
                                """
                                        .formatted(
                                                options.attempts(),
                                                options.warmUp().toSeconds(),
                                                WarmUp.SLICE.toSeconds(),
                                                100 * WarmUp.STEADY_WITHIN,
                                                WarmUp.SLICE.toSeconds(),
                                                WarmUp.AT_MOST.toSeconds()),
                                """
                                A payment by HTTP: a citizen gives a store's number and one point, the store says OK; 10,000 wallets, each with a
                                session. The service runs with -Xmx512m and shows everything in its read tables meanwhile; a row's CPU time is
                                counted until they have caught up, and only then the next begins. Commands in process run without read tables; those
                                catch up before the check. The engine's events carry two tags and a condition on one of them, in streams of twenty, as the floor's do.\
                                """,
                                "Not measured yet, in whichever mode: %s."
                                        .formatted(String.join(", ", Goals.notMeasuredYet()))));
        start(start).ifPresent(notes::add);
        return notes;
    }

    private static Optional<String> start(Program.Start start) {
        return switch (start) {
            case NEVER -> Optional.empty();
            case UNREHEARSED ->
                    Optional.of(
                            """
                            The service started without an AOT cache, as for the first time: after `./run` has rehearsed a start it takes
                            about half as long.\
                            """);
            case REHEARSED ->
                    Optional.of(
                            """
                            The service started with an AOT cache from one rehearsal before the rounds, as `./run` makes it after a build:
                            its start is a user's second one. The rehearsal is in no figure.\
                            """);
        };
    }
}
