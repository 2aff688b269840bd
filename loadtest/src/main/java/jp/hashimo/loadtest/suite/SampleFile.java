package jp.hashimo.loadtest.suite;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.hashimo.loadtest.measure.Sample;
import jp.hashimo.loadtest.measure.SamplesCsv;

/**
 * Every sample as it comes, so that hours of measuring are not lost with the run. The next run
 * begins it anew.
 */
final class SampleFile implements AutoCloseable {
    static final String NAME = "under-way.csv";

    private final BufferedWriter file;

    private SampleFile(BufferedWriter file) {
        this.file = file;
    }

    static SampleFile in(Path folder) throws IOException {
        var file =
                new SampleFile(
                        Files.newBufferedWriter(Files.createDirectories(folder).resolve(NAME)));
        file.add(SamplesCsv.COLUMNS);
        return file;
    }

    void add(Sample sample) {
        add(SamplesCsv.line(sample));
    }

    private void add(String line) {
        try {
            file.write(line);
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
