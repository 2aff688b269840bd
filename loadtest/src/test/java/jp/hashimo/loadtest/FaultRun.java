package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.hashimo.loadtest.Whereabouts.Running;
import jp.hashimo.loadtest.check.Exchange;
import jp.hashimo.loadtest.check.History;
import jp.hashimo.loadtest.check.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Clients at work on one or two service processes over a PostgreSQL that is not their own, while
 * things happen to any of them.
 *
 * <p>With two nodes each resident has two phones, one on each node, so that the nodes want the same
 * wallets at once.
 */
final class FaultRun implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final int LONGEST_PAUSE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How long after a fault everybody has to be served again. */
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Pattern CONFLICTS =
            Pattern.compile("(?m)^hashimo_ledger_conflicts_total ([0-9.eE+]+)");

    private final long seed;
    private final Random random;
    private final TestPostgres postgres;
    private final Proxy proxy;
    private final List<Node> nodes = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> work = new ArrayList<>();
    private final List<Shopper> shoppers = new ArrayList<>();
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicBoolean mayGiveUp = new AtomicBoolean(true);
    private final List<Duration> recoveries = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final DemoTown town;
    private Notebook notebook = new Notebook();
    private long from;
    private boolean patient;
    private Duration clockTolerance = Duration.ofSeconds(2);

    /** Something that happens while all are at work, and its end. */
    interface Fault {
        void strike() throws Exception;
    }

    /** A service process and the clients who have to do with it. */
    static final class Node {
        private final ServiceProcess process;
        private final Whereabouts whereabouts;
        private URI url;
        private @Nullable Running running;
        private boolean alive = true;

        /** Those its former processes have counted; the count of a process ends with it. */
        private long conflictsBefore;

        Node(ServiceProcess process, int clients) throws IOException {
            this.process = process;
            this.whereabouts = new Whereabouts(clients);
            this.url = process.start();
        }

        ServiceProcess process() {
            return process;
        }

        URI url() {
            return url;
        }
    }

    FaultRun(Path folder, Path databaseFolder, long seed, int nodes) throws IOException {
        this.seed = seed;
        this.random = new Random(seed);
        System.out.println("Fault run with seed " + seed);
        // Its log stays readable, and writable, when the disk of the database is full.
        postgres = new TestPostgres(databaseFolder, folder.resolve("postgres.log"));
        // It draws when the threads of the service come by, in an order that is nobody's.
        proxy = new Proxy(postgres.port(), new Random(seed ^ 1));
        try {
            for (int i = 0; i < nodes; i++) {
                this.nodes.add(
                        new Node(service(folder, folder.resolve("node" + i)), CLIENTS / nodes));
            }
            URI url = this.nodes.getFirst().url;
            town = DemoTown.signIn(url);
            from = town.position(url);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private ServiceProcess service(Path folder, Path own) throws IOException {
        return new ServiceProcess(
                own,
                List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                List.of(
                        "--spring.datasource.url=" + TestPostgres.url(proxy.port()),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=postgres",
                        // One city, one folder of keys, however many nodes.
                        "--ledger.data-dir=" + folder.resolve("keys-of-all")));
    }

    TestPostgres postgres() {
        return postgres;
    }

    Proxy proxy() {
        return proxy;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    Notebook notebook() {
        return notebook;
    }

    Random random() {
        return random;
    }

    /** Sends all clients to work, and returns when each was served. */
    void begin() throws Exception {
        nodes.forEach(node -> node.running = node.whereabouts.announce(node.url));
        for (int i = 0; i < CLIENTS; i++) {
            var own = new Random(seed + 1 + i);
            Whereabouts whereabouts = nodes.get(i % nodes.size()).whereabouts;
            var client = new Client(i, whereabouts, notebook, own, mayGiveUp);
            var resident = town.residents().get(i / nodes.size());
            var shopper = new Shopper(town, resident, client, own, goOn);
            shoppers.add(shopper);
            work.add(threads.submit(shopper));
        }
        untilAllAreServed();
    }

    /**
     * Lets it happen a random moment after some request was sent, and waits until all are served.
     */
    void during(Fault fault) throws Exception {
        mayGiveUp.set(!patient);
        notebook.nextSent().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        Pause.of(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS + 1)));
        fault.strike();
        long over = System.nanoTime();
        nodes.forEach(node -> node.running = node.whereabouts.announce(node.url));
        untilAllAreServed();
        recoveries.add(Duration.ofNanos(System.nanoTime() - over));
    }

    /** From here on the clients of one node go to another. */
    void send(Node of, URI to) {
        of.url = to;
    }

    /** SIGKILL, after its process was asked for what only it knows. */
    void kill(Node node) throws IOException {
        node.conflictsBefore += conflictsOf(node);
        node.alive = false;
        node.process.kill();
    }

    URI start(Node node) throws IOException {
        node.url = node.process.start();
        node.alive = true;
        return node.url;
    }

    /**
     * From now on every request is repeated until it has its answer, so that none is waited for at
     * the end.
     */
    void nobodyGivesUp() {
        patient = true;
        mayGiveUp.set(false);
    }

    void clocksMayDifferBy(Duration tolerance) {
        clockTolerance = tolerance;
    }

    private void end() throws Exception {
        goOn.set(false);
        for (Future<?> client : work) {
            client.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        work.clear();
        shoppers.clear();
        goOn.set(true);
    }

    /**
     * Begins a new recording at the ledger's present position: what was told so far is no promise
     * any more, since an operator has set the ledger back. What was found so far still counts.
     */
    void beginAnew() throws Exception {
        notebook = new Notebook();
        from = town.position(nodes.getFirst().url);
        begin();
    }

    /** Waits until somebody was turned away with 503 who was not before; false if nobody is. */
    boolean turnsAway(int before, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (notebook.turnedAwaySoFar() <= before) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Pause.of(AGAIN);
        }
        return true;
    }

    /** The last position that anybody was told of. */
    long lastTold() {
        return notebook.exchanges().stream().mapToLong(Exchange::position).max().orElse(0);
    }

    /** What a node shows, as soon as it shows this much; no longer than anybody is patient. */
    long shown(Node node, long atLeast) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Reply reply = town.books().notBefore(atLeast).to(node.url);
            if (reply.status() == 200) {
                return reply.position();
            } else if (System.nanoTime() - end > 0) {
                throw new AssertionError(node.url + " shows nothing: " + reply);
            }
            Pause.of(AGAIN);
        }
    }

    /** The lines with these words a node has printed, once it has printed one. */
    List<String> says(Node node, String words) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<String> lines =
                    node.process.said().stream().filter(line -> line.contains(words)).toList();
            if (!lines.isEmpty()) {
                return lines;
            } else if (System.nanoTime() - end > 0) {
                throw new AssertionError(words + " is not among " + last(node.process.said()));
            }
            Pause.of(AGAIN);
        }
    }

    /**
     * Everybody goes home, and all is checked.
     *
     * @return what was found, in this recording and those before it
     */
    List<String> findings() throws Exception {
        List<Shopper> all = List.copyOf(shoppers);
        end();
        for (URI url : nodes.stream().map(Node::url).distinct().toList()) {
            new LastLook(url, town, notebook).look(all);
        }
        var history = new History(from, clockTolerance, notebook.exchanges());
        Verdict verdict = LastCheck.of(postgres::ledger, history);
        found.addAll(notebook.findings());
        found.addAll(verdict.findings());
        recoveries.stream()
                .filter(recovery -> recovery.compareTo(LONGEST_RECOVERY) > 0)
                .forEach(recovery -> found.add("C9: all were served only after " + recovery));
        print(verdict);
        recoveries.clear();
        return List.copyOf(found);
    }

    private void print(Verdict verdict) throws IOException {
        System.out.println("  appends decided afresh after a conflict: " + conflicts());
        notebook.figures().forEach((name, value) -> System.out.println("  " + name + ": " + value));
        System.out.println("  facts checked: " + verdict.facts());
        System.out.println("  answers held against the model: " + verdict.answers());
        System.out.println(
                "  milliseconds from the end of a fault until all were served: "
                        + recoveries.stream().map(Duration::toMillis).toList());
        System.out.println("  findings: " + found.size());
        if (!found.isEmpty()) {
            nodes.forEach(node -> node.process.said().forEach(System.out::println));
        }
    }

    private void untilAllAreServed() throws Exception {
        for (Node node : nodes) {
            Running running = node.running;
            if (running != null) {
                running.awaitAllServed(
                        work,
                        PATIENCE,
                        () ->
                                "seed %d, %s; it says %s"
                                        .formatted(seed, node.url, last(node.process.said())));
            }
        }
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 20), lines.size());
    }

    /**
     * How often an append was decided afresh since the start, on all nodes, because what it relied
     * on had changed: most often by the resident's other phone on the other node.
     */
    long conflicts() throws IOException {
        long sum = 0;
        for (Node node : nodes) {
            sum += node.conflictsBefore + (node.alive ? conflictsOf(node) : 0);
        }
        return sum;
    }

    /** As the process at hand has counted them; operations read the same page. */
    private static long conflictsOf(Node node) throws IOException {
        Reply reply = Call.get("/actuator/prometheus").to(node.url);
        Matcher matcher = CONFLICTS.matcher(reply.text());
        if (!matcher.find()) {
            throw new AssertionError(node.url + " counts no conflicts: " + reply.status());
        }
        return (long) Double.parseDouble(matcher.group(1));
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        nodes.forEach(node -> node.process.close());
        try {
            proxy.close();
        } finally {
            postgres.close();
        }
    }
}
