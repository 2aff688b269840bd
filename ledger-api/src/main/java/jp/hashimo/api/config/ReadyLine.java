package jp.hashimo.api.config;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Ends the start with one line that says where the ledger answers; whatever prepares the service
 * has finished by then.
 */
@Component
final class ReadyLine {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyLine.class);

    private final ServerProperties properties;

    ReadyLine(ServerProperties properties) {
        this.properties = properties;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE)
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof ServletWebServerApplicationContext context
                && context.getWebServer() != null) {
            LOG.info(
                    "Hashi-Mo Ledger is ready: http://{}:{}/",
                    host(properties.getAddress()),
                    context.getWebServer().getPort());
        }
    }

    /** A service that listens on every address is shown by the one that works from this machine. */
    private static String host(@Nullable InetAddress address) {
        if (address == null || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return "localhost";
        }
        return address.getHostAddress();
    }
}
