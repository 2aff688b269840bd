package jp.hashimo.loadtest.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.hashimo.ledger.eventstore.CommitLimits;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.FactTags;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import jp.hashimo.ledger.readmodel.LedgerCommands;
import jp.hashimo.ledger.readmodel.LedgerEvents;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.loadtest.measure.Cluster;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.flywaydb.core.Flyway;

/** One node of the ledger, put together as the service does; all of that wiring is here. */
final class EngineNode implements AutoCloseable {
    static final String LEDGER_ID = "hashimo";
    static final EventCodec CODEC = new EventCodec(LedgerEvents.all());
    static final FactTags TAGS = new FactTags();

    /** As many connections as the service takes. */
    private static final int CONNECTIONS = 12;

    private static final Duration LOOK_FOR_OTHERS = Duration.ofMillis(100);

    private final HikariDataSource database;
    private final PostgresEventStorageEngine engine;
    private final Ledger ledger;

    /**
     * @param jdbcUrl with the login of somebody who may append
     */
    EngineNode(String jdbcUrl) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setMaximumPoolSize(CONNECTIONS);
        database = new HikariDataSource(config);
        engine =
                new PostgresEventStorageEngine(
                        database,
                        LEDGER_ID,
                        CODEC,
                        CommitLimits.DEFAULT,
                        LOOK_FOR_OTHERS,
                        Clock.systemUTC());
        ledger =
                new Ledger(
                        commandBus(),
                        engine,
                        // The ledger's instants are whole microseconds, as the log keeps them.
                        new LedgerClock(database, LEDGER_ID, Clock.systemUTC()),
                        LedgerCommands.all());
    }

    /** A node on a new database of its own, with the tables of the log and of the read model. */
    static EngineNode onNew(Cluster cluster, String database) throws SQLException {
        cluster.create(database);
        migrate(cluster.url(database));
        return new EngineNode(cluster.url(database));
    }

    static CommandBus commandBus() {
        return new SimpleCommandBus(
                new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE), List.of());
    }

    /** Without the tables of people. */
    private static void migrate(String jdbcUrl) {
        Flyway.configure()
                .dataSource(jdbcUrl, null, null)
                .locations("classpath:db/migration")
                .placeholders(Map.of("serviceRole", "PUBLIC"))
                .load()
                .migrate();
    }

    PostgresEventStorageEngine engine() {
        return engine;
    }

    Ledger ledger() {
        return ledger;
    }

    EventLog log() {
        return engine.log();
    }

    /** Fresh runners for all read tables; the caller starts and closes them. */
    Projections projections() {
        return new Projections(engine.log(), database, LEDGER_ID, CODEC);
    }

    @Override
    public void close() {
        engine.close();
        database.close();
    }
}
