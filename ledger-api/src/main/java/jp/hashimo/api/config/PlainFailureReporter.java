package jp.hashimo.api.config;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Says on standard error why the service did not start: the reason, and the advice if there is one.
 */
final class PlainFailureReporter implements FailureAnalysisReporter {
    @Override
    public void report(FailureAnalysis analysis) {
        System.err.println("The ledger did not start. " + analysis.getDescription());
        String action = analysis.getAction();
        if (action != null && !action.isBlank()) {
            System.err.println(action);
        }
    }
}
