package jp.hashimo.api.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import jp.hashimo.ledger.eventstore.Ledger;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Takes down what is asked of the database while an HTTP request is handled, except by the ledger
 * itself: counters do not vary with the machine, as times do.
 */
public final class Statements implements BeanPostProcessor {
    private static final List<String> TAKEN_DOWN = new CopyOnWriteArrayList<>();

    /** The statements on the path of the requests that are made meanwhile, in order. */
    public static List<String> during(Runnable requests) {
        TAKEN_DOWN.clear();
        requests.run();
        return List.copyOf(TAKEN_DOWN);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource database ? new Listened(database) : bean;
    }

    private static final class Listened extends DelegatingDataSource {
        Listened(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            return (Connection)
                    Proxy.newProxyInstance(
                            Statements.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (_, method, arguments) -> {
                                if (method.getName().startsWith("prepare") && arguments != null) {
                                    takeDown((String) arguments[0]);
                                }
                                try {
                                    return method.invoke(real, arguments);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause() == null ? e : e.getCause();
                                }
                            });
        }
    }

    private static void takeDown(String sql) {
        if (Thread.currentThread().getName().startsWith("tomcat-handler-") && !isAskedByLedger()) {
            TAKEN_DOWN.add(sql);
        }
    }

    private static boolean isAskedByLedger() {
        return StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame ->
                                frame.getClassName().equals(Ledger.class.getName())
                                        && frame.getMethodName().equals("execute")));
    }
}
