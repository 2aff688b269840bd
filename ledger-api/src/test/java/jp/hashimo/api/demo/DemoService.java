package jp.hashimo.api.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import jp.hashimo.api.LedgerApi;
import jp.hashimo.api.testing.Reply;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A demo town of its own for one test, met over HTTP like any other. */
final class DemoService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();
    private final JsonNode town;

    private DemoService(ConfigurableApplicationContext context) {
        this.context = context;
        this.town = get(null, "/demo").json();
    }

    /** A new town in this folder, or the one that is there already. */
    static DemoService start(Path folder, String clock) {
        return new DemoService(
                SpringApplication.run(
                        LedgerApi.class,
                        "--spring.profiles.active=demo",
                        "--server.port=0",
                        "--ledger.data-dir=" + folder,
                        "--ledger.clock=" + clock));
    }

    String campaignId() {
        return town.path("campaignId").asString();
    }

    JsonNode login(String login) {
        return StreamSupport.stream(town.path("logins").spliterator(), false)
                .filter(one -> one.path("login").asString().equals(login))
                .findFirst()
                .orElseThrow();
    }

    Reply get(@Nullable String login, String path) {
        return send("GET", login, path, null);
    }

    Reply post(@Nullable String login, String path, Map<String, ?> body) {
        return send("POST", login, path, JSON.writeValueAsBytes(body));
    }

    /** Moves the ledger's clock and has it stand there. */
    void clockStandsAt(String instant) {
        Reply moved = post(null, "/api/v1/demo/clock", Map.of("now", instant, "stands", true));
        if (moved.status() != 200) {
            throw new IllegalStateException(moved.toString());
        }
    }

    private String token(String login) {
        return tokens.computeIfAbsent(
                login,
                name -> {
                    var credentials =
                            Map.of(
                                    "login",
                                    name,
                                    "password",
                                    login(name).path("password").asString());
                    return post(null, "/api/v1/sessions", credentials)
                            .json()
                            .path("token")
                            .asString();
                });
    }

    private Reply send(String method, @Nullable String login, String path, byte @Nullable [] body) {
        var url =
                "http://localhost:"
                        + context.getEnvironment().getProperty("local.server.port")
                        + path;
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (login != null) {
            request.header("Authorization", "Bearer " + token(login));
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
