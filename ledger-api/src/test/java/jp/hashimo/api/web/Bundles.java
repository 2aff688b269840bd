package jp.hashimo.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads message bundles as they lie in the jar, without anything that fills gaps. */
final class Bundles {
    private Bundles() {}

    static Map<String, String> read(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        Bundles.class.getResourceAsStream("/" + name + ".properties"))) {
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties.entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    e -> e.getKey().toString(),
                                    e -> e.getValue().toString(),
                                    (a, _) -> a,
                                    TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
