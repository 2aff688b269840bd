package jp.hashimo.loadtest.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.hashimo.loadtest.measure.Case;
import jp.hashimo.loadtest.measure.ClosedLoop;
import jp.hashimo.loadtest.measure.Cluster;
import jp.hashimo.loadtest.measure.Contestant;
import jp.hashimo.loadtest.measure.Load;
import jp.hashimo.loadtest.measure.Row;
import jp.hashimo.loadtest.measure.Workload;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateBasedJpaEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateEventEntry;
import org.axonframework.messaging.core.unitofwork.transaction.Transaction;
import org.axonframework.messaging.core.unitofwork.transaction.TransactionManager;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Axon's own engine on JPA, with the one tag for each event that it takes. It writes the same
 * events as ours, as the same JSON.
 */
public final class JpaEngine implements Contestant {
    private static final String DATABASE = "jpa";

    private final Cluster cluster;
    private @Nullable HikariDataSource database;
    private @Nullable EntityManagerFactory entityManagers;
    private @Nullable Case appending;

    public JpaEngine(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "Axon's JPA engine";
    }

    @Override
    public Set<Row> rows() {
        return EnumSet.of(Row.JPA_ENGINE);
    }

    @Override
    public List<Case> prepare(EnumSet<Row> wanted) throws SQLException {
        cluster.create(DATABASE);
        var config = new HikariConfig();
        config.setJdbcUrl(cluster.url(DATABASE));
        // Each writer holds a connection through its commit, and the server joins their commits.
        config.setMaximumPoolSize(Row.JPA_ENGINE.clients());
        database = new HikariDataSource(config);
        entityManagers =
                new PersistenceConfiguration("axon")
                        .managedClass(AggregateEventEntry.class)
                        .property("jakarta.persistence.nonJtaDataSource", database)
                        .property("jakarta.persistence.schema-generation.database.action", "create")
                        .property("hibernate.dialect", ByteaDialect.class.getName())
                        .createEntityManagerFactory();
        var transactions = new Transactions(entityManagers);
        EventStorageEngine engine =
                new AggregateBasedJpaEventStorageEngine(
                        transactions::current,
                        transactions,
                        new DelegatingEventConverter(new JsonBytes(EngineNode.CODEC)),
                        UnaryOperator.identity());
        appending =
                new Workload(
                        Row.JPA_ENGINE,
                        Case.Place.HERE,
                        duration ->
                                ClosedLoop.run(
                                        Row.JPA_ENGINE.clients(),
                                        duration,
                                        _ -> new Appending(engine, new OfOneWallet())));
        return List.of(appending);
    }

    @Override
    public void warmUp(Duration duration) throws Exception {
        if (appending != null) {
            Load _ = appending.run(duration);
        }
    }

    @Override
    public void close() {
        if (entityManagers != null) {
            entityManagers.close();
        }
        if (database != null) {
            database.close();
        }
    }

    /** The same event, found by its wallet alone. */
    private static final class OfOneWallet implements Appending.Shape {
        private final Appending.Captured captured = new Appending.Captured();

        @Override
        public Tag tag(String stream) {
            return captured.tag(stream);
        }

        @Override
        public TaggedEventMessage<?> event(String stream) {
            return new GenericTaggedEventMessage<>(
                    captured.event(stream).event(), Set.of(tag(stream)));
        }

        @Override
        public String newStream() {
            return captured.newStream();
        }
    }

    /**
     * One transaction for each thread. The engine closes the entity manager before the transaction
     * that it works in has ended, so what it is given does not close.
     */
    private static final class Transactions implements TransactionManager {
        private static final ThreadLocal<@Nullable EntityManager> CURRENT = new ThreadLocal<>();

        private final EntityManagerFactory entityManagers;

        Transactions(EntityManagerFactory entityManagers) {
            this.entityManagers = entityManagers;
        }

        EntityManager current() {
            EntityManager open = CURRENT.get();
            if (open == null) {
                throw new IllegalStateException("there is no transaction");
            }
            return (EntityManager)
                    Proxy.newProxyInstance(
                            EntityManager.class.getClassLoader(),
                            new Class<?>[] {EntityManager.class},
                            (_, method, arguments) -> {
                                if (method.getName().equals("close")) {
                                    return null;
                                }
                                try {
                                    return method.invoke(open, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause() == null ? e : e.getCause();
                                }
                            });
        }

        @Override
        public Transaction startTransaction() {
            EntityManager open = entityManagers.createEntityManager();
            open.getTransaction().begin();
            CURRENT.set(open);
            return new Transaction() {
                @Override
                public void commit() {
                    open.getTransaction().commit();
                    end();
                }

                @Override
                public void rollback() {
                    if (open.isOpen()) {
                        if (open.getTransaction().isActive()) {
                            open.getTransaction().rollback();
                        }
                        end();
                    }
                }

                private void end() {
                    CURRENT.remove();
                    open.close();
                }
            };
        }
    }
}
