package jp.hashimo.api.config;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Brings the tables to what this build knows, as their owner. It only goes forward: a schema from
 * the future is left alone.
 */
final class Migrations {
    private Migrations() {}

    static void run(DatabaseLogin owner, String serviceRole) {
        Flyway flyway =
                Flyway.configure()
                        .dataSource(owner.url(), owner.user(), owner.password())
                        .locations("classpath:db/migration")
                        .placeholders(Map.of("serviceRole", ServiceRole.identifier(serviceRole)))
                        .load();
        refuseNewerSchema(flyway, owner);
        try {
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new StartRefused(
                    "The tables at %s were made by other migrations than this build's: %s"
                            .formatted(
                                    owner.place(),
                                    String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
                    e);
        }
    }

    private static void refuseNewerSchema(Flyway flyway, DatabaseLogin owner) {
        Stream.of(flyway.info().applied())
                .filter(migration ->
                        migration.getVersion() != null && !migration.getState().isResolved())
                .max(Comparator.comparing(MigrationInfo::getVersion))
                .ifPresent(unknown -> {
                    throw new StartRefused(
                            ("The tables at %s were written by a newer build (version %s, which this one does not know): start that"
                                            + " build, or restore a backup from before it.")
                                    .formatted(owner.place(), unknown.getVersion()));
                });
    }
}
