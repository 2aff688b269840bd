package jp.hashimo.api.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator may set under {@code ledger.}.
 *
 * @param dataDir the folder that holds the embedded database and the keys; a relative one counts
 *     from the working directory
 * @param database how the service meets a database that somebody else administers
 */
@ConfigurationProperties("ledger")
public record LedgerSettings(@DefaultValue("data") Path dataDir, @DefaultValue Database database) {
    public LedgerSettings {
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    /**
     * Secrets live beside the database and never in it, so that a copy of the database alone opens
     * nothing.
     */
    public Path keys() {
        return dataDir.resolve("keys");
    }

    /**
     * A role that a database administrator made for the service. Named, it is used as it is;
     * otherwise the service makes one.
     */
    public record Database(@Nullable String serviceUser, @Nullable String servicePassword) {}
}
