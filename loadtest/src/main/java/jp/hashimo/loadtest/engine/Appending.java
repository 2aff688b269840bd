package jp.hashimo.loadtest.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.LotKind;
import jp.hashimo.loadtest.measure.ClosedLoop;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/**
 * One event after the other into a stream of the writer's own, each on condition that nothing has
 * come into it since the last; a stream is left after twenty, as the floor does.
 */
final class Appending implements ClosedLoop.Client {
    private static final int STREAM_LENGTH = 20;

    private final EventStorageEngine engine;
    private final Shape shape;
    private String stream = "";
    private int length = STREAM_LENGTH;
    private @Nullable ConsistencyMarker marker;

    /** How an engine wants its events. */
    interface Shape {
        /** The tag whose events are one stream. */
        Tag tag(String stream);

        TaggedEventMessage<?> event(String stream);

        /** A name no stream has had. */
        String newStream();
    }

    Appending(EventStorageEngine engine, Shape shape) {
        this.engine = engine;
        this.shape = shape;
    }

    @Override
    public void act(ClosedLoop.Stopwatch watch) {
        long from = System.nanoTime();
        if (length == STREAM_LENGTH) {
            stream = shape.newStream();
            length = 0;
            marker = ConsistencyMarker.ORIGIN;
        }
        AppendCondition condition =
                AppendCondition.withCriteria(EventCriteria.havingTags(shape.tag(stream)))
                        .withMarker(Objects.requireNonNull(marker));
        marker = append(engine.appendEvents(condition, null, List.of(shape.event(stream))).join());
        length++;
        watch.took(System.nanoTime() - from);
    }

    private static <R> ConsistencyMarker append(AppendTransaction<R> transaction) {
        return transaction
                .commit(null)
                .thenCompose(done -> transaction.afterCommit(done, null))
                .join();
    }

    /** Our own: a captured payment, found by payment, wallet and request. */
    static final class Captured implements Shape {
        private static final MerchantId STORE = new MerchantId(UuidCreator.getTimeOrderedEpoch());
        private static final List<Draw> DRAWS =
                List.of(draw(LotKind.PURCHASED, 1_300), draw(LotKind.PREMIUM, 550));

        private static Draw draw(LotKind kind, long points) {
            return new Draw(
                    new LotId(UuidCreator.getTimeOrderedEpoch()),
                    new Points(points),
                    kind,
                    Fund.CITIZENS,
                    Instant.EPOCH.plus(Duration.ofDays(30_000)),
                    null,
                    null);
        }

        @Override
        public Tag tag(String stream) {
            return new Tag("wallet", stream);
        }

        @Override
        public TaggedEventMessage<?> event(String stream) {
            Instant now = Clock.systemUTC().instant();
            LedgerEvent event =
                    new PaymentCaptured(
                            new PaymentId(UuidCreator.getTimeOrderedEpoch()),
                            WalletId.parse(stream),
                            STORE,
                            new Points(1_850),
                            DRAWS,
                            now);
            return Loader.tagged(event, Map.of("actor", "benchmark"), now);
        }

        @Override
        public String newStream() {
            return new WalletId(UuidCreator.getTimeOrderedEpoch()).toString();
        }
    }
}
