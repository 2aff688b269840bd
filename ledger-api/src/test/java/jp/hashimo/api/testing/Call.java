package jp.hashimo.api.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One call to the service; every write has a fresh idempotency key unless the test names one. */
public final class Call {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> headers = new LinkedHashMap<>();

    private Call() {
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("Content-Type", "application/json");
    }

    public static Call by(Person person) {
        return new Call().with("Authorization", "Bearer " + person.token());
    }

    /** Without a login. */
    public static Call byNobody() {
        return new Call();
    }

    public Call with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Call key(String key) {
        return with("Idempotency-Key", key);
    }

    public Call withoutKey() {
        headers.remove("Idempotency-Key");
        return this;
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    /**
     * Posts a body.
     *
     * @param body anything that JSON can say, or a text that is sent as it is
     */
    public Reply post(String path, Object body) {
        return send("POST", path, body);
    }

    public Reply post(String path) {
        return send("POST", path, null);
    }

    public Reply patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    /** The lines of an answer that does not end, as they arrive. */
    public Stream<String> lines(String path) {
        try {
            return HTTP.send(request("GET", path, BodyPublishers.noBody()), BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException("GET " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, BodyPublisher body) {
        var request =
                HttpRequest.newBuilder(URI.create(RunningLedger.url(path))).method(method, body);
        headers.forEach(request::header);
        return request.build();
    }

    private Reply send(String method, String path, @Nullable Object body) {
        var publisher =
                switch (body) {
                    case null -> BodyPublishers.noBody();
                    case String text -> BodyPublishers.ofString(text);
                    default -> BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
                };
        try {
            var response = HTTP.send(request(method, path, publisher), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
