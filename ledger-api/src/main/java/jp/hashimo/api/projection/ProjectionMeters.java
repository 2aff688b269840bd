package jp.hashimo.api.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.readmodel.ProjectionRunner;
import jp.hashimo.ledger.readmodel.Projections;
import org.springframework.stereotype.Component;

/**
 * Where each projection stands, so that somebody is woken when one falls behind or stops. What it
 * is behind is measured against what this node has written, or knows of: it costs no query.
 */
@Component
class ProjectionMeters implements MeterBinder {
    private final Projections projections;
    private final Ledger ledger;

    ProjectionMeters(Projections projections, Ledger ledger) {
        this.projections = projections;
        this.ledger = ledger;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (String name : projections.names()) {
            ProjectionRunner runner = projections.runner(name);
            Gauge.builder("hashimo.projection.position", runner, ProjectionRunner::position)
                    .tag("projection", name)
                    .register(meters);
            Gauge.builder("hashimo.projection.behind", runner, this::behind)
                    .tag("projection", name)
                    .register(meters);
            Gauge.builder("hashimo.projection.stopped", runner, one -> one.isStopped() ? 1 : 0)
                    .tag("projection", name)
                    .register(meters);
        }
    }

    private double behind(ProjectionRunner runner) {
        return Math.max(0, ledger.lastPosition() - runner.position());
    }
}
