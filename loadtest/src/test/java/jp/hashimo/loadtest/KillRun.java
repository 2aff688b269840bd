package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import jp.hashimo.loadtest.Whereabouts.Running;
import jp.hashimo.loadtest.check.DataFolder;
import jp.hashimo.loadtest.check.History;
import jp.hashimo.loadtest.check.Verdict;

/**
 * Eight clients at work, and the service killed under their hands again and again.
 *
 * <p>Each kill falls at a random moment up to 200 ms after a request was sent, while all clients
 * are busy. The seed fixes what the clients ask for and the pauses; how threads and processes meet
 * is up to the machine.
 */
final class KillRun {
    private static final int CLIENTS = 8;
    private static final int LONGEST_PAUSE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long seed;
    private final Random random;
    private final Whereabouts whereabouts = new Whereabouts(CLIENTS);
    private final Notebook notebook = new Notebook();
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicBoolean mayGiveUp = new AtomicBoolean(true);
    private final List<Duration> restarts = new ArrayList<>();
    private int kills;
    private int killsThatLost;

    /** When it has seen enough. */
    interface Goal {
        boolean reached(int kills, int killsThatLost, int foundWhole);
    }

    /**
     * What was seen.
     *
     * @param findings what is not as promised; empty is good
     */
    record Report(
            long seed,
            int kills,
            int killsThatLost,
            int foundWhole,
            List<String> figures,
            List<String> findings) {}

    KillRun(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    Report in(Path folder, Goal goal, int mostKills) throws IOException, InterruptedException {
        // The first compiler alone: a service that lives for seconds is ready sooner with it.
        try (var service =
                        new ServiceProcess(
                                folder, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            URI url = service.start();
            DemoTown town = DemoTown.signIn(url);
            long from = town.position(url);
            List<Shopper> shoppers = shoppers(town);
            Running running = whereabouts.announce(url);
            List<Future<?>> work = new ArrayList<>();
            shoppers.forEach(shopper -> work.add(threads.submit(shopper)));
            try {
                running.awaitAllServed(work, PATIENCE, () -> "seed " + seed);
                while (kills < mostKills
                        && !goal.reached(kills, killsThatLost, notebook.requestsFoundWhole())) {
                    kill(service);
                    // What is given up after the last kill would have to be waited for.
                    mayGiveUp.set(
                            !goal.reached(kills, killsThatLost, notebook.requestsFoundWhole()));
                    Running died = running;
                    running = restart(service);
                    running.awaitAllServed(work, PATIENCE, () -> "seed " + seed);
                    killsThatLost += died.lost().get() > 0 ? 1 : 0;
                }
                goOn.set(false);
                for (Future<?> client : work) {
                    client.get();
                }
            } catch (ExecutionException e) {
                throw new AssertionError("seed " + seed + ", kills " + kills, e.getCause());
            } finally {
                threads.shutdownNow();
            }
            new LastLook(running.url(), town, notebook).look(shoppers);
            var data = new DataFolder(folder.resolve("data"));
            var history = new History(from, notebook.exchanges());
            return report(LastCheck.of(() -> data.open("hashimo"), history), shoppers);
        }
    }

    private List<Shopper> shoppers(DemoTown town) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> {
                    var own = new Random(seed + 1 + i);
                    var client = new Client(i, whereabouts, notebook, own, mayGiveUp);
                    return new Shopper(town, town.residents().get(i), client, own, goOn);
                })
                .toList();
    }

    private void kill(ServiceProcess service) throws InterruptedException {
        notebook.nextSent().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        Pause.of(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS + 1)));
        service.kill();
        kills++;
    }

    private Running restart(ServiceProcess service) throws IOException {
        long from = System.nanoTime();
        URI url = service.start();
        restarts.add(Duration.ofNanos(System.nanoTime() - from));
        return whereabouts.announce(url);
    }

    private Report report(Verdict verdict, List<Shopper> shoppers) {
        List<String> findings = new ArrayList<>(notebook.findings());
        findings.addAll(verdict.findings());
        List<String> figures = new ArrayList<>();
        figures.add(
                "kills: "
                        + kills
                        + ", of which "
                        + killsThatLost
                        + " left requests without an answer");
        notebook.figures().forEach((name, value) -> figures.add(name + ": " + value));
        figures.add("payments: " + shoppers.stream().mapToInt(s -> s.payments().size()).sum());
        figures.add("purchases: " + shoppers.stream().mapToInt(s -> s.purchases().size()).sum());
        figures.add("seconds from start to ready, killed before: " + spread(restarts));
        figures.add("facts checked: " + verdict.facts());
        figures.add("answers held against the model: " + verdict.answers());
        figures.add("findings: " + findings.size());
        return new Report(
                seed, kills, killsThatLost, notebook.requestsFoundWhole(), figures, findings);
    }

    private static String spread(List<Duration> durations) {
        if (durations.isEmpty()) {
            return "none";
        }
        List<Duration> sorted = new ArrayList<>(durations);
        Collections.sort(sorted);
        return "%.1f to %.1f, median %.1f"
                .formatted(
                        seconds(sorted.getFirst()),
                        seconds(sorted.getLast()),
                        seconds(sorted.get(sorted.size() / 2)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
