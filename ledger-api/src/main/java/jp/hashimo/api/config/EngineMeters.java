package jp.hashimo.api.config;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import jp.hashimo.ledger.eventstore.LedgerMeters;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import org.springframework.stereotype.Component;

/** How the engine is doing: what waits, how large its batches are, how much it finds in memory. */
@Component
class EngineMeters implements MeterBinder {
    private final PostgresEventStorageEngine engine;

    EngineMeters(PostgresEventStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("hashimo.ledger.waiting", engine, PostgresEventStorageEngine::waiting)
                .description("Appends that wait to be written")
                .register(meters);
        count(
                meters,
                "conflicts",
                "Appends decided afresh because what they rely on had changed",
                LedgerMeters::conflicts);
        count(meters, "batches", "Statements that wrote to the log", LedgerMeters::batches);
        count(meters, "appends", "Appends in those statements", LedgerMeters::batchedAppends);
        count(
                meters,
                "folds.memory",
                "Folds a decision found in memory",
                LedgerMeters::foldsFromMemory);
        count(
                meters,
                "folds.log",
                "Folds a decision had to read from the log",
                LedgerMeters::foldsFromLog);
        count(meters, "facts.log", "Facts that were read for those", LedgerMeters::factsFromLog);
    }

    private void count(
            MeterRegistry meters,
            String name,
            String description,
            ToDoubleFunction<LedgerMeters> value) {
        FunctionCounter.builder("hashimo.ledger." + name, engine.meters(), value)
                .description(description)
                .register(meters);
    }
}
