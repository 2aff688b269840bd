package jp.hashimo.ledger.eventstore;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A way to the database that fails at chosen points of the next appends, one after the other. */
final class FaultyDataSource implements DataSource {
    /** What happens to one append. */
    enum Fault {
        /** Nothing: it goes through. */
        NONE,
        /** There is no connection to send it on. */
        NOT_SENT,
        /** The connection breaks before the database gets it. */
        LOST_ON_THE_WAY,
        /** The connection breaks after the commit, before the answer. */
        ANSWER_LOST
    }

    private final DataSource real;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private volatile Fault always = Fault.NONE;
    private volatile Callable<?> meanwhile = () -> true;

    FaultyDataSource(DataSource real) {
        this.real = real;
    }

    /** The faults of the next appends; those after them go through. */
    void next(Fault... planned) {
        faults.addAll(List.of(planned));
    }

    /** What happens to every append for which nothing else is planned. */
    void always(Fault fault) {
        always = fault;
    }

    /** What else happens between a commit and the loss of its answer. */
    void whenAnswerIsLost(Callable<?> meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if ((faults.isEmpty() ? always : faults.peek()) == Fault.NOT_SENT) {
            faults.poll();
            throw broken();
        }
        return wrapped(real.getConnection(), Connection.class, this::afterCall);
    }

    private Object afterCall(Method method, Object[] arguments, Call call) throws Throwable {
        Object result = call.run();
        return result instanceof PreparedStatement statement
                        && ((String) arguments[0]).contains("ledger_append")
                ? wrapped(statement, PreparedStatement.class, this::aroundAppend)
                : result;
    }

    private Object aroundAppend(Method method, Object[] arguments, Call call) throws Throwable {
        if (!method.getName().equals("executeQuery")) {
            return call.run();
        }
        Fault planned = faults.poll();
        return switch (planned == null ? always : planned) {
            case NONE, NOT_SENT -> call.run();
            case LOST_ON_THE_WAY -> throw broken();
            case ANSWER_LOST -> {
                call.run();
                meanwhile.call();
                throw broken();
            }
        };
    }

    private static SQLException broken() {
        return new SQLException("an I/O error occurred while talking to the database", "08006");
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private interface Around {
        Object call(Method method, Object[] arguments, Call call) throws Throwable;
    }

    private static <T> T wrapped(T real, Class<T> type, Around around) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) ->
                                around.call(
                                        method,
                                        arguments,
                                        () -> {
                                            try {
                                                return method.invoke(real, arguments);
                                            } catch (InvocationTargetException e) {
                                                throw e.getCause();
                                            }
                                        })));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
