package jp.hashimo.api.http;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import jp.hashimo.ledger.decision.LedgerInvariantBroken;
import jp.hashimo.ledger.decision.Rejection;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the features until one knows what to say. */
@Component
public class LedgerAnswers {
    private final List<Answers> features;

    LedgerAnswers(List<Answers> features) {
        this.features = features;
    }

    /** The answer to a request, from the facts it left: the last of them is what was asked for. */
    public Answer to(List<RecordedEvent> events) {
        var event = events.getLast().event();
        return first(feature -> feature.to(event), event);
    }

    public Problem to(Rejection rejection) {
        return first(feature -> feature.to(rejection), rejection);
    }

    private <T> T first(Function<Answers, @Nullable T> ask, Object about) {
        return features.stream()
                .map(ask)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(
                        () -> new LedgerInvariantBroken("no feature has an answer to " + about));
    }
}
