package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many commands the service answers on this machine, and how soon: a closed loop of 1, 8 and 32
 * clients, each with a wallet of its own, who pay and are told OK.
 *
 * <p>A command is one POST that is answered after its facts are durable; a payment is two, the
 * proposal and the OK. The rounds of the three sizes take turns, so that a busy neighbour meets all
 * of them. A wallet's history makes its next payment dearer, so the rounds take turns at the
 * wallets too, and each row says how long the histories were.
 */
public final class FirstNumbers {
    private static final List<Integer> CLIENTS = List.of(1, 8, 32);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int ROUNDS = 5;
    private static final int WALLETS = 40;

    private FirstNumbers() {}

    /** The argument is the page to write. */
    public static void main(String[] arguments) throws Exception {
        Path folder =
                Files.createTempDirectory(
                        Files.createDirectories(Path.of("loadtest/target")), "numbers");
        try (var service = new ServiceProcess(folder, "-Xms512m", "-Xmx512m")) {
            URI url = service.start();
            DemoTown town = DemoTown.signIn(url);
            List<Payer> payers = Payer.settle(url, town, WALLETS);
            System.out.println("Warming up…");
            measure(payers.subList(0, Collections.max(CLIENTS)), service, WARM_UP);
            Map<Integer, List<Round>> rounds = new TreeMap<>();
            for (int i = 0; i < ROUNDS; i++) {
                for (int clients : CLIENTS) {
                    Round round = measure(turn(payers, clients, i), service, ROUND);
                    System.out.println(clients + " clients: " + round);
                    rounds.computeIfAbsent(clients, _ -> new ArrayList<>()).add(round);
                }
            }
            requireBalance(url, town);
            String page = page(rounds);
            System.out.println(page);
            if (arguments.length > 0) {
                Path file = Path.of(arguments[0]);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, page);
            }
        } finally {
            delete(folder);
        }
    }

    private static List<Payer> turn(List<Payer> payers, int clients, int round) {
        var turned = new ArrayList<>(payers);
        Collections.rotate(turned, -clients * round);
        return turned.subList(0, clients);
    }

    private static Round measure(List<Payer> payers, ServiceProcess service, Duration duration)
            throws InterruptedException {
        double history = payers.stream().mapToInt(Payer::payments).average().orElse(0);
        Cpu before = Cpu.of(service);
        long from = System.nanoTime();
        long until = from + duration.toNanos();
        List<Thread> threads =
                payers.stream()
                        .map(payer -> Thread.ofVirtual().start(() -> payer.payUntil(until)))
                        .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        long nanos = System.nanoTime() - from;
        List<Long> latencies = new ArrayList<>();
        payers.forEach(payer -> latencies.addAll(payer.takeLatencies()));
        return Round.of(latencies, nanos, history, Cpu.of(service).minus(before));
    }

    /** Numbers of a ledger that does not balance are no numbers. */
    private static void requireBalance(URI url, DemoTown town) throws IOException {
        long difference =
                Call.get("/api/v1/books/trial-balance")
                        .as(town.financeToken())
                        .to(url)
                        .expect(200)
                        .path("difference")
                        .asLong(-1);
        if (difference != 0) {
            throw new IllegalStateException("the books differ by " + difference);
        }
    }

    private static String page(Map<Integer, List<Round>> rounds) {
        var page = new StringBuilder();
        page.append(
                """
                # First numbers

                Written by `loadtest/first-numbers` on %s. A command is one HTTP POST answered after its facts are
                durable; a payment is two. Closed loop over loopback, each client with a wallet of its own, five stores;
                service, PostgreSQL and clients share the machine. Medians of %d rounds of %d s, the sizes taking turns,
                after %d s of warm-up; in brackets the slowest and the fastest round.

                Machine: %s

                CPU is in milliseconds for each command. The last column is what other processes took of all CPUs, round
                by round: above 15 %% the rates say more about the neighbours than about the ledger.

                | clients | payments in the wallet before | commands/s | p50, ms | p99, ms | CPU: JVM | PostgreSQL | clients | others |
                |---|---|---|---|---|---|---|---|---|
                """
                        .formatted(
                                LocalDate.now(Clock.systemUTC()),
                                ROUNDS,
                                ROUND.toSeconds(),
                                WARM_UP.toSeconds(),
                                Machine.describe()));
        rounds.forEach((clients, of) -> page.append(Round.row(clients, of)));
        page.append(
                """

                No figure here is a goal or a claim: that takes ratios against a reference on the same machine.
                """);
        return page.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Collections.reverseOrder()).forEach(FirstNumbers::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
