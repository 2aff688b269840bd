package jp.hashimo.loadtest.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody who takes part. */
public interface Contestant extends AutoCloseable {
    String name();

    /** The rows it could fill. */
    Set<Row> rows();

    /** What it lacks on this machine, if it cannot take part. */
    default Optional<String> absent() {
        return Optional.empty();
    }

    /** Whether a run goes on without it when it cannot be prepared. */
    default boolean mayBeMissing() {
        return false;
    }

    /** Gets ready for the rows that are wanted of its own. */
    List<Case> prepare(EnumSet<Row> wanted) throws Exception;

    /**
     * Works at least this long at the load that will be measured, so that a JVM has compiled it.
     */
    default void warmUp(Duration duration) throws Exception {}

    /** What a checker finds wrong with what it wrote; it has no figure then. */
    default List<String> findings() throws Exception {
        return List.of();
    }

    /** What a reader has to know of how it took part, a sentence each; asked after the rounds. */
    default List<String> remarks() {
        return List.of();
    }

    @Override
    default void close() throws IOException {}
}
