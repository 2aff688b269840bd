package jp.hashimo.api.config;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import jp.hashimo.api.http.LedgerId;
import jp.hashimo.ledger.eventstore.CapabilityProbe;
import jp.hashimo.ledger.eventstore.CommitLimits;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import jp.hashimo.ledger.readmodel.LedgerCommands;
import jp.hashimo.ledger.readmodel.LedgerEvents;
import jp.hashimo.ledger.readmodel.Projections;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the ledger together: Axon's command bus over our own engine. There is no transaction manager
 * in it, because the engine's group commit is the transaction.
 */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {
    /**
     * How often a node looks for what others have appended; what it appends itself it knows at
     * once.
     */
    private static final Duration LOOK_FOR_OTHERS = Duration.ofMillis(100);

    @Bean
    LedgerId ledgerId() {
        return new LedgerId("hashimo");
    }

    @Bean
    EventCodec eventCodec() {
        return new EventCodec(LedgerEvents.all());
    }

    @Bean(destroyMethod = "close")
    PostgresEventStorageEngine eventStorageEngine(
            DataSource database, LedgerId ledgerId, EventCodec codec) {
        new CapabilityProbe(database).check();
        return new PostgresEventStorageEngine(
                database,
                ledgerId.value(),
                codec,
                CommitLimits.DEFAULT,
                LOOK_FOR_OTHERS,
                Clock.systemUTC());
    }

    @Bean
    EventLog eventLog(PostgresEventStorageEngine engine) {
        return engine.log();
    }

    /** The clock the rules go by; sessions, keys and deadlines go by the wall. */
    @Bean
    LedgerClock ledgerClock(DataSource database, LedgerId ledgerId) {
        return new LedgerClock(database, ledgerId.value(), Clock.systemUTC());
    }

    @Bean
    CommandBus commandBus() {
        return new SimpleCommandBus(
                new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE), List.of());
    }

    @Bean
    Ledger ledger(CommandBus commandBus, PostgresEventStorageEngine engine, LedgerClock clock) {
        return new Ledger(commandBus, engine, clock, LedgerCommands.all());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Projections projections(
            EventLog log, DataSource database, LedgerId ledgerId, EventCodec codec) {
        return new Projections(log, database, ledgerId.value(), codec);
    }
}
