package jp.hashimo.ledger.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.eventstore.CommitLimits;
import jp.hashimo.ledger.eventstore.EventCodec;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.LedgerMeters;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.readmodel.LedgerCommands;
import jp.hashimo.ledger.readmodel.LedgerEvents;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import org.axonframework.messaging.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;

/** One node of the service, put together as in production. Several may share a database. */
public final class LedgerNode implements AutoCloseable {
    public static final String LEDGER_ID = "hashimo";
    public static final EventCodec CODEC = new EventCodec(LedgerEvents.all());

    /** Longer than any of this takes on a machine with much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PostgresEventStorageEngine engine;
    private final Ledger ledger;

    /**
     * @param clock the time the rules see
     */
    public LedgerNode(DataSource database, Clock clock) {
        engine =
                new PostgresEventStorageEngine(
                        database,
                        LEDGER_ID,
                        CODEC,
                        CommitLimits.DEFAULT,
                        Duration.ofMillis(20),
                        Clock.systemUTC());
        ledger =
                new Ledger(
                        new SimpleCommandBus(
                                new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE),
                                List.of()),
                        engine,
                        clock,
                        LedgerCommands.all());
    }

    public Ledger ledger() {
        return ledger;
    }

    public EventLog log() {
        return engine.log();
    }

    public LedgerMeters meters() {
        return engine.meters();
    }

    /** Executes a command that nobody has sent before. */
    public Outcome execute(Command<?, ?> command) {
        return ledger.execute(command, stamp(UUID.randomUUID().toString()));
    }

    /** Executes a command that must take effect. */
    public Outcome.Done does(Command<?, ?> command) {
        Outcome outcome = execute(command);
        assertThat(outcome).describedAs("%s", command).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    /** Has so many people registered whom nobody knows yet. */
    public void register(int citizens) {
        for (int i = 0; i < citizens; i++) {
            var id = UUID.randomUUID();
            does(
                    new RegisterCitizen(
                            new CitizenId(id),
                            new WalletId(id),
                            List.of(id.toString()),
                            false,
                            City.CLERK));
        }
    }

    /** A request with plenty of time. */
    public static Stamp stamp(String request) {
        return stamp(request, "body of " + request);
    }

    /** A request that asks for something particular. */
    public static Stamp stamp(String request, String body) {
        return new Stamp(request, body, "a clerk", Clock.systemUTC().instant().plus(PATIENCE));
    }

    /** Writes what was accepted, then stops. */
    @Override
    public void close() {
        engine.close();
    }
}
