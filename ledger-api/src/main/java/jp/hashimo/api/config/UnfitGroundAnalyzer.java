package jp.hashimo.api.config;

import jp.hashimo.gateway.KeysUnusable;
import jp.hashimo.ledger.eventstore.UnfitDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Keys or a database that the ledger must not stand on: their own sentence says which and why. */
final class UnfitGroundAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KeysUnusable || cause instanceof UnfitDatabase) {
                return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
            }
        }
        return null;
    }
}
