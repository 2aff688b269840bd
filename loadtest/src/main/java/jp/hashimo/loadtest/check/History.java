package jp.hashimo.loadtest.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the clients of one run sent and were told. As a file it is one JSON document a line:
 * the head, then one line for each exchange.
 *
 * @param from the position at which the recording began; after it nobody but these clients and the
 *     clock wrote
 * @param clockTolerance how far the clock by which the ledger decides may have been from the one it
 *     stamps with
 */
public record History(long from, Duration clockTolerance, List<Exchange> exchanges) {
    private static final Duration CLOCKS_OF_ONE_MACHINE = Duration.ofSeconds(2);

    private record Head(long from, long clockToleranceMillis) {}

    public History {
        exchanges = List.copyOf(exchanges);
    }

    public History(long from, List<Exchange> exchanges) {
        this(from, CLOCKS_OF_ONE_MACHINE, exchanges);
    }

    /** Of clients that nobody has listened to: then only the database is checked. */
    public static History none() {
        return new History(Long.MAX_VALUE, List.of());
    }

    public void write(Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(Doc.JSON.writeValueAsString(new Head(from, clockTolerance.toMillis())));
            for (Exchange exchange : exchanges) {
                writer.newLine();
                writer.write(Doc.JSON.writeValueAsString(exchange));
            }
        }
    }

    public static History read(Path file) throws IOException {
        @Nullable Head head = null;
        var exchanges = new ArrayList<Exchange>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (head == null) {
                    head = Doc.JSON.readValue(line, Head.class);
                } else {
                    exchanges.add(Doc.JSON.readValue(line, Exchange.class));
                }
            }
        }
        return head == null
                ? none()
                : new History(
                        head.from(), Duration.ofMillis(head.clockToleranceMillis()), exchanges);
    }
}
