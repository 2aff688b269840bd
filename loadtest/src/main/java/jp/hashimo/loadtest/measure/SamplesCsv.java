package jp.hashimo.loadtest.measure;

import static jp.hashimo.loadtest.measure.Csv.plain;
import static jp.hashimo.loadtest.measure.Csv.quoted;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Every sample for machines to read, one a line. */
public final class SamplesCsv {
    /** The first line. */
    public static final String COLUMNS =
            "round,row,clients,value,unit,p50_ms,p99_ms,failed,server_cpu_us,jvm_cpu_us,generator_cpu_us,other_cpu_percent,attempts,drain_s,flaw";

    private SamplesCsv() {}

    static String of(List<Round> rounds) {
        var csv = new StringBuilder(COLUMNS).append('\n');
        for (Round round : rounds) {
            round.samples().values().stream()
                    .sorted(Comparator.comparing(Sample::row))
                    .forEach(sample -> csv.append(line(sample)).append('\n'));
        }
        return csv.toString();
    }

    /** One of the lines after the first, without its end. */
    public static String line(Sample sample) {
        return String.join(
                ",",
                Integer.toString(sample.round()),
                quoted(sample.row().label()),
                Integer.toString(sample.row().clients()),
                plain(sample.value()),
                sample.row().unit(),
                plain(sample.p50Millis()),
                plain(sample.p99Millis()),
                Long.toString(sample.failed()),
                plain(sample.serverMicros()),
                plain(sample.jvmMicros()),
                plain(sample.generatorMicros()),
                plain(sample.otherPercent()),
                Integer.toString(sample.attempts()),
                plain(sample.drainSeconds()),
                quoted(Objects.requireNonNullElse(sample.flaw(), "")));
    }
}
