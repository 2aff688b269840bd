package jp.hashimo.api.payment;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LogUnreadable;
import jp.hashimo.ledger.eventstore.PostgresEventStorageEngine;
import jp.hashimo.ledger.eventstore.RecordedEvent;
import jp.hashimo.ledger.payment.PaymentEvent;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.readmodel.ProjectionRunner;
import jp.hashimo.ledger.readmodel.Projections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells both sides of a payment at once what has happened, whichever node it happened on.
 *
 * <p>What it sends is a hint with the payment's id and state: a screen reads the payment again, so
 * that a lost hint costs a moment and never a payment. A hint goes out only after the payment can
 * be read.
 */
@Component
class PaymentStream {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentStream.class);
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final ShownEvents events;
    private final ProjectionRunner payments;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread tail =
            Thread.ofPlatform().name("payment-stream").daemon().unstarted(this::follow);
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("payment-stream-heart").daemon().factory());
    private volatile boolean open = true;

    /** The log has lost its end, and what we stand at may be beyond it. */
    private volatile boolean shorter;

    private record Listener(Caller caller, SseEmitter emitter) {
        boolean isConcernedBy(PaymentEvent event) {
            return caller.owns(event.walletId()) || caller.keeps(event.merchantId());
        }
    }

    PaymentStream(EventLog log, Projections projections, PostgresEventStorageEngine engine) {
        engine.whenLogGetsShorter(() -> shorter = true);
        this.payments = projections.runner("payment");
        this.events =
                new ShownEvents(log::head, after -> log.read(after, PAGE), payments::position);
        tail.start();
        var _ =
                heart.scheduleAtFixedRate(
                        this::beat, HEARTBEAT.toSeconds(), HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
    }

    SseEmitter open(Caller caller) {
        var emitter = new SseEmitter(0L);
        var listener = new Listener(caller, emitter);
        emitter.onCompletion(() -> listeners.remove(listener));
        emitter.onError(_ -> listeners.remove(listener));
        listeners.add(listener);
        send(
                listener,
                SseEmitter.event().comment("open").reconnectTime(RECONNECT_AFTER.toMillis()));
        return emitter;
    }

    /**
     * Follows the log as far as payments can be read; what happened before the service started is
     * on the page already.
     */
    private void follow() {
        while (open) {
            try {
                if (shorter) {
                    shorter = false;
                    events.lost();
                    endAll();
                } else if (!events.begin()) {
                    LockSupport.parkNanos(PATIENCE.toNanos());
                } else if (payments.awaitPosition(events.next(), PATIENCE)) {
                    tell();
                }
            } catch (LogUnreadable e) {
                LOG.debug("The stream of payments waits for the database", e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whoever listened comes again in a moment, and then reads everything anew. */
    private void endAll() {
        listeners.forEach(listener -> listener.emitter().complete());
    }

    private void tell() {
        if (listeners.isEmpty()) {
            events.skip();
            return;
        }
        for (RecordedEvent recorded : events.take()) {
            if (recorded.event() instanceof PaymentEvent event) {
                tell(event, recorded.position());
            }
        }
    }

    private void tell(PaymentEvent event, long position) {
        for (Listener listener : listeners) {
            if (listener.isConcernedBy(event)) {
                send(
                        listener,
                        SseEmitter.event()
                                .id(Long.toString(position))
                                .name(event instanceof PaymentProposed ? "proposal" : "outcome")
                                .data(hint(event), MediaType.APPLICATION_JSON));
            }
        }
    }

    private static Map<String, Object> hint(PaymentEvent event) {
        String state =
                switch (event) {
                    case PaymentProposed _ -> "PROPOSED";
                    case PaymentCaptured _ -> "CAPTURED";
                    case PaymentDeclined _ -> "DECLINED";
                    case PaymentExpired _ -> "EXPIRED";
                };
        return Map.of("paymentId", event.paymentId(), "state", state);
    }

    /** Keeps proxies from closing a quiet line, and finds out who has left. */
    private void beat() {
        listeners.forEach(listener -> send(listener, SseEmitter.event().comment("")));
    }

    private void send(Listener listener, SseEmitter.SseEventBuilder event) {
        try {
            listener.emitter().send(Objects.requireNonNull(event));
        } catch (IOException | IllegalStateException e) {
            listeners.remove(listener);
            LOG.debug("A listener left", e);
        }
    }

    /** An open stream would hold up the shutdown. */
    @EventListener
    void close(ContextClosedEvent closing) {
        open = false;
        heart.shutdownNow();
        endAll();
    }
}
