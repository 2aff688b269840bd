package jp.hashimo.api.wallet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import jp.hashimo.api.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends short messages to phones through the city's gateway: {@code POST {"to": …, "text": …}} to
 * {@code ledger.sms-gateway}. A demo has none; it shows the message to whoever asked for it.
 */
@Component
class TextMessages {
    private static final Logger LOG = LoggerFactory.getLogger(TextMessages.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String gateway;
    private final boolean shown;
    private final JsonMapper json;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    TextMessages(
            @Value("${ledger.sms-gateway:}") String gateway,
            Environment environment,
            JsonMapper json) {
        this.gateway = gateway;
        this.shown = environment.acceptsProfiles(Profiles.of("demo"));
        this.json = json;
    }

    /** Whether messages are shown to whoever asked for them, instead of being sent. */
    boolean areShown() {
        return shown;
    }

    /** Sends it; a {@link Problem} if the city has no gateway, or it does not take the message. */
    void send(Phone to, String text) {
        if (shown) {
            return;
        } else if (gateway.isBlank()) {
            throw Problem.of(503, "self-registration-off").retryAfter(86_400);
        }
        var request =
                HttpRequest.newBuilder(URI.create(gateway))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofByteArray(
                                        json.writeValueAsBytes(
                                                Map.of("to", to.digits(), "text", text))))
                        .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                LOG.warn("The SMS gateway answered {}", status);
                throw Problem.of(503, "overloaded").retryAfter(30);
            }
        } catch (IOException e) {
            LOG.warn("The SMS gateway cannot be reached", e);
            throw Problem.of(503, "overloaded").retryAfter(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "overloaded").retryAfter(30);
        }
    }
}
