package jp.hashimo.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service itself: one process that holds a city's ledger and answers over HTTP. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LedgerApi {
    /**
     * Starts the service; every argument is a Spring property, such as {@code --server.port=8081}.
     */
    public static void main(String[] arguments) {
        SpringApplication.run(LedgerApi.class, arguments);
    }
}
