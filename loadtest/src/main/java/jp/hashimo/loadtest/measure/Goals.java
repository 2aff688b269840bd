package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Goal.Better.HIGH;
import static jp.hashimo.loadtest.measure.Goal.Better.LOW;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The goals of the engine and of the service that can be measured, in the order they are reported.
 * Each ratio is taken inside a round.
 */
public final class Goals {
    private Goals() {}

    public static List<Goal> all() {
        var goals = new ArrayList<Goal>();
        goals.add(ratio("P1", "appends through the engine ÷ floor", 1.5, 4, Row.ENGINE, Row.FLOOR));
        goals.add(ratio("P2", "commands in process ÷ anchor", 1, 2, Row.COMMANDS, Row.ANCHOR));
        goals.add(
                ratio(
                        "P3",
                        "commands by HTTP ÷ pgledger, random accounts",
                        1.5,
                        3,
                        Row.HTTP_RANDOM,
                        Row.PGLEDGER_RANDOM));
        goals.add(
                ratio(
                        "P4a",
                        "all payments to one store ÷ random stores",
                        0.9,
                        0.98,
                        Row.HTTP_ONE_STORE,
                        Row.HTTP_RANDOM));
        goals.add(
                ratio(
                        "P4b",
                        "all payments to one store ÷ pgledger, all to one store",
                        3,
                        6,
                        Row.HTTP_ONE_STORE,
                        Row.PGLEDGER_ONE_STORE));
        goals.add(
                ratio(
                        "P5",
                        "commands by HTTP, 32 clients ÷ 1 client",
                        1.5,
                        2.5,
                        Row.HTTP_RANDOM,
                        Row.HTTP_ONE_CLIENT));
        goals.add(
                ratio(
                        "P8a",
                        "projection catch-up ÷ paged projector",
                        0.15,
                        0.4,
                        Row.CATCH_UP,
                        Row.PAGED_PROJECTOR));
        goals.add(
                ratio(
                        "P8b",
                        "replay reading ÷ message-db read",
                        0.3,
                        1,
                        Row.REPLAY_READ,
                        Row.MESSAGE_DB_READ));
        goals.add(
                new Goal(
                        "P10",
                        "CPU per command, JVM and PostgreSQL ÷ pgledger's server CPU per transfer at 8 clients",
                        LOW,
                        0.8,
                        0.4,
                        Set.of(Row.HTTP_RANDOM, Row.PGLEDGER_EIGHT),
                        round ->
                                round.cpuMicros(Row.HTTP_RANDOM)
                                        / round.cpuMicros(Row.PGLEDGER_EIGHT)));
        goals.add(
                low(
                        "P11a",
                        "disk per payment, the log ÷ pgledger's per transfer",
                        4,
                        2.5,
                        Row.DISK_LOG,
                        Row.PGLEDGER_DISK));
        goals.add(
                low(
                        "P11b",
                        "disk per payment, all tables ÷ pgledger's per transfer",
                        6,
                        4,
                        Row.DISK_ALL,
                        Row.PGLEDGER_DISK));
        goals.add(figure("P12a", "restart to first payment, s", LOW, 15, 6, Row.RESTART));
        goals.add(figure("P12b", "memory of the JVM at -Xmx512m, MB", LOW, 800, 500, Row.MEMORY));
        goals.addAll(growth());
        return List.copyOf(goals);
    }

    /** Goals without a row yet, each with what it takes. */
    public static List<String> notMeasuredYet() {
        return List.of(
                "P6 (sale rush)", "P7 (sale rush)", "P9 (bulk jobs)", "G9 (settlement draft)");
    }

    private static List<Goal> growth() {
        return List.of(
                figure("G1", Row.GROWTH_WALLET.label(), LOW, 1.3, 1.3, Row.GROWTH_WALLET),
                figure("G2", Row.GROWTH_LOTS.label(), LOW, 2, 2, Row.GROWTH_LOTS),
                figure("G3", Row.GROWTH_WALLETS.label(), LOW, 1.3, 1.3, Row.GROWTH_WALLETS),
                figure("G4", Row.GROWTH_STORE.label(), LOW, 1.3, 1.3, Row.GROWTH_STORE),
                figure("G5", Row.GROWTH_LOG.label(), HIGH, 0.8, 0.8, Row.GROWTH_LOG),
                figure("G6", Row.GROWTH_REPLAY.label(), LOW, 11, 11, Row.GROWTH_REPLAY),
                figure("G7", Row.GROWTH_START.label(), LOW, 1.2, 1.2, Row.GROWTH_START),
                figure("G8", Row.GROWTH_HEAP.label(), LOW, 1.05, 1.05, Row.GROWTH_HEAP),
                figure("G10", Row.READ_LAG.label() + ", ms", LOW, 300, 300, Row.READ_LAG));
    }

    private static Goal ratio(
            String name, String says, double must, double aim, Row ours, Row reference) {
        return new Goal(
                name,
                says,
                HIGH,
                must,
                aim,
                Set.of(ours, reference),
                round -> round.value(ours) / round.value(reference));
    }

    private static Goal low(
            String name, String says, double must, double aim, Row ours, Row reference) {
        return new Goal(
                name,
                says,
                LOW,
                must,
                aim,
                Set.of(ours, reference),
                round -> round.value(ours) / round.value(reference));
    }

    private static Goal figure(
            String name, String says, Goal.Better better, double must, double aim, Row row) {
        return new Goal(name, says, better, must, aim, Set.of(row), round -> round.value(row));
    }
}
