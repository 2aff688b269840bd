package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A call as it goes over the wire. Its body is text already, so that a repetition is the same to
 * the byte.
 *
 * @param body null for none
 */
record Call(String method, String path, @Nullable String body, Map<String, String> headers) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    Call {
        headers = Map.copyOf(headers);
    }

    static Call get(String path) {
        return new Call("GET", path, null, Map.of());
    }

    static Call post(String path, Object body) {
        return new Call(
                "POST",
                path,
                JSON.writeValueAsString(body),
                Map.of("Content-Type", "application/json"));
    }

    /** On behalf of whoever has this token. */
    Call as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    Call underKey(String key) {
        return with("Idempotency-Key", key);
    }

    /** A read that knows at least what had happened up to this position. */
    Call notBefore(long position) {
        return with("Ledger-Position", Long.toString(position));
    }

    private Call with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, body, more);
    }

    /**
     * Sends it once.
     *
     * @throws IOException if no whole answer came, whatever became of the call
     */
    Reply to(URI service) throws IOException {
        var request =
                HttpRequest.newBuilder(service.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }
}
