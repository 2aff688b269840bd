package jp.hashimo.loadtest.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.EncodedEvent;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.merchant.MerchantEvent.MerchantRegistered;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.Tag;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a command is made of, without the database: writing and reading an event's JSON, finding its
 * tags, folding a wallet's past, and deciding.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class Parts {
    /** The events of the wallet. */
    @Param({"10", "1000"})
    public int history;

    private final List<LedgerEvent> facts = new ArrayList<>();
    private LedgerEvent event = new TownFacts().store();
    private EncodedEvent encoded = EngineNode.CODEC.encode(event);
    private EventMessage message = message(event);
    private ProposePayment proposal = proposal(new TownFacts());
    private ProposePayment.State state = known(proposal, List.of());
    private Instant now = Clock.systemUTC().instant();

    /** A wallet, its past, and somebody who wants to pay with it. */
    @Setup
    public void settle() {
        var town = new TownFacts();
        MerchantRegistered store = town.store();
        TownFacts.Resident resident = town.resident(1);
        facts.add(store);
        facts.addAll(resident.facts());
        for (int n = 0; facts.size() < history; n++) {
            TownFacts.Payment payment = town.payment(resident.payer(), store.merchantId(), n);
            facts.add(payment.proposed());
            facts.add(payment.captured());
        }
        event = town.payment(resident.payer(), store.merchantId(), 0).proposed();
        encoded = EngineNode.CODEC.encode(event);
        message = message(event);
        proposal = proposal(resident, store);
        state = fold();
        now = Clock.systemUTC().instant();
    }

    private static EventMessage message(LedgerEvent event) {
        return new GenericEventMessage(
                UUID.randomUUID().toString(),
                EngineNode.CODEC.typeOf(event.getClass()),
                event,
                Map.of("request", "a request"),
                Clock.systemUTC().instant());
    }

    private static ProposePayment proposal(TownFacts town) {
        return proposal(town.resident(1), town.store());
    }

    private static ProposePayment proposal(TownFacts.Resident resident, MerchantRegistered store) {
        return new ProposePayment(
                new PaymentId(UUID.randomUUID()),
                resident.walletId(),
                store.merchantId(),
                null,
                ScanMode.USER_SCAN,
                null,
                1,
                Duration.ofMinutes(3));
    }

    /** A proposal as JSON. */
    @Benchmark
    public Object encode() {
        return EngineNode.CODEC.encode(event);
    }

    /** A proposal of its JSON. */
    @Benchmark
    public Object decode() {
        return EngineNode.CODEC.decode(encoded);
    }

    /** What a proposal can be found by. */
    @Benchmark
    public Set<Tag> tags() {
        return EngineNode.TAGS.resolve(message);
    }

    /** The past as the state a proposal is decided on. */
    @Benchmark
    public ProposePayment.State fold() {
        return known(proposal, facts);
    }

    private static ProposePayment.State known(ProposePayment proposal, List<LedgerEvent> facts) {
        Map<Fold<?>, Object> states = new HashMap<>();
        for (Fold<?> fold : proposal.boundary()) {
            states.put(fold, folded(fold, facts));
        }
        return proposal.state(new Folded(states));
    }

    private static <T> T folded(Fold<T> fold, List<LedgerEvent> facts) {
        T state = fold.initial();
        for (LedgerEvent fact : facts) {
            state = fold.evolve(state, fact);
        }
        return state;
    }

    /** The rule by itself. */
    @Benchmark
    public Object decide() {
        return proposal.decide(state, now);
    }
}
