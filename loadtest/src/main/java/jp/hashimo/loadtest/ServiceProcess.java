package jp.hashimo.loadtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service as a process of its own, on a free port and in a folder of its own, with its demo
 * town unless it works on a database that is there already. It can be killed and started again
 * there, and leaves nothing running behind.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("is ready: (http://\\S+)");
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String DATA_FOLDER = "--ledger.data-dir=";
    private static final int LAST_LINES = 100;
    private static final String DEMO = "--spring.profiles.active=demo";

    private final Path folder;
    private final Path application;
    private final List<String> serviceOptions;
    private final List<String> jvmOptions;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Thread atExit = Thread.ofPlatform().unstarted(this::endEverything);
    private @Nullable Process process;

    /**
     * Prepares a service with its demo town, which is started by {@link #start}.
     *
     * @param folder holds the unpacked service and its data; used again, it is the same ledger
     */
    public ServiceProcess(Path folder, String... jvmOptions) throws IOException {
        this(folder, List.of(jvmOptions), List.of());
    }

    /**
     * Likewise the demo, with settings of its own.
     *
     * @param arguments such as the database of somebody else that it is to work on
     */
    public ServiceProcess(Path folder, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        this(
                BuiltService.find().unpackInto(folder.toAbsolutePath().resolve("application")),
                folder,
                jvmOptions,
                Stream.concat(Stream.of(DEMO), arguments.stream()).toList());
    }

    private ServiceProcess(
            Path application, Path folder, List<String> jvmOptions, List<String> serviceOptions) {
        this.folder = folder.toAbsolutePath();
        this.application = application;
        this.serviceOptions = List.copyOf(serviceOptions);
        this.jvmOptions = List.copyOf(jvmOptions);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Prepares a service without any demonstration, on a database that runs already.
     *
     * @param jdbcUrl without a login
     * @param owner who may make its tables, and needs no password
     */
    public static ServiceProcess on(String jdbcUrl, String owner, Path folder, Program program)
            throws IOException {
        Path jar = program.jar();
        return new ServiceProcess(
                jar,
                Files.createDirectories(folder),
                program.jvmOptions(),
                List.of(
                        "--spring.datasource.url=" + jdbcUrl,
                        "--spring.datasource.username=" + owner));
    }

    /** Likewise one with its demo town, of a jar that is unpacked already. */
    static ServiceProcess demo(Path application, Path folder, List<String> jvmOptions) {
        return new ServiceProcess(application, folder, jvmOptions, List.of(DEMO));
    }

    /** The JVM this one runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Starts it and returns when it is ready.
     *
     * @return where it answers, which is somewhere else after each start
     */
    public URI start() throws IOException {
        var command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-jar",
                        application.toString()));
        command.addAll(serviceOptions);
        command.add("--server.port=0");
        if (serviceOptions.stream().noneMatch(option -> option.startsWith(DATA_FOLDER))) {
            command.add(DATA_FOLDER + folder.resolve("data"));
        }
        Process started =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process = started;
        var ready = new CompletableFuture<URI>();
        Thread.ofVirtual().start(() -> follow(started, ready));
        try {
            return ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("the service was not ready within " + START, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the service started", e);
        }
    }

    /** Reads on after the ready line, since a full pipe would stop the service. */
    private void follow(Process process, CompletableFuture<URI> ready) {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group(1)));
                }
                if (last.size() == LAST_LINES) {
                    last.removeFirst();
                }
                last.addLast(line);
            }
        } catch (IOException e) {
            last.addLast(e.toString());
        }
        ready.completeExceptionally(
                new IOException("the service ended, saying:\n" + String.join("\n", last)));
    }

    /**
     * SIGKILL, so that nothing of it runs any more; its PostgreSQL, a process beside it, lives on.
     */
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Every line it has printed since the first start. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** The process, for whoever measures it. */
    public ProcessHandle handle() {
        if (process == null) {
            throw new IllegalStateException("the service was never started");
        }
        return process.toHandle();
    }

    /** Where its PostgreSQL keeps the database. */
    Path databaseFolder() {
        return folder.resolve("data").resolve("postgres");
    }

    /** Ends the service as an operator would, and whatever of it is left after that. */
    @Override
    public void close() {
        endEverything();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    /** Ends the service as an operator would; its database stays, and it can be started again. */
    public void stop() {
        stop(STOP);
    }

    /** Likewise, for one that has more to do as it ends. */
    void stop(Duration patience) {
        if (process != null) {
            // Not by the process itself, which would close the pipe that its last words go through.
            boolean _ = process.toHandle().destroy();
            try {
                if (!process.waitFor(patience)) {
                    kill();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                kill();
            }
        }
    }

    private void endEverything() {
        stop();
        new Postmaster(databaseFolder()).stop();
    }
}
