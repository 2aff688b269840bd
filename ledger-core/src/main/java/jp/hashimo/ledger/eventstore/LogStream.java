package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.ContinuousMessageStream;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * The log from one position on, without an end.
 *
 * <p>It reads every event once and picks those that match, so that its place is the same however
 * rare they are. When the log turns out to end before that place, the stream ends with {@link
 * LogShorter}: to wait there would pass over what is written in place of the lost events.
 */
final class LogStream {
    private static final int PAGE = 500;

    private final EventLog log;
    private final EventCodec codec;
    private final List<Rule> rules;
    private long seen;

    LogStream(EventLog log, EventCodec codec, StreamingCondition condition) {
        this.log = log;
        this.codec = codec;
        this.rules = Rule.of(condition.criteria());
        @Nullable TrackingToken token = condition.position();
        this.seen = token == null ? 0 : Math.max(0, token.position().orElse(0));
    }

    MessageStream<EventMessage> asMessages() {
        return new ContinuousMessageStream<RecordedEvent>(
                _ -> nextPage(),
                event -> Messages.entry(event, codec),
                (_, wake) -> {
                    HeadWatch.Subscription subscription = log.onAppend(wake);
                    return () -> {
                        subscription.close();
                        return true;
                    };
                });
    }

    /** Empty only at the end of the log. */
    private List<RecordedEvent> nextPage() {
        List<RecordedEvent> matching = new ArrayList<>();
        while (matching.isEmpty()) {
            List<StoredEvent> page = log.readStored(seen, PAGE);
            if (page.isEmpty()) {
                long head = seen == 0 ? 0 : log.head();
                if (head < seen) {
                    throw new LogShorter(seen, head);
                }
                return matching;
            }
            seen = page.getLast().position();
            for (StoredEvent event : page) {
                if (matches(event)) {
                    matching.add(LogRows.recorded(event, codec));
                }
            }
        }
        return matching;
    }

    private boolean matches(StoredEvent event) {
        return rules.stream().anyMatch(r -> r.matches(event.event().type(), event.tags()));
    }
}
