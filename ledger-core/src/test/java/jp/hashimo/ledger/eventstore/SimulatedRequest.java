package jp.hashimo.ledger.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.Folded;
import jp.hashimo.ledger.decision.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants, under one name, however often he sends it: twice at once when he taps twice,
 * and again when he got no answer.
 */
final class SimulatedRequest {
    private static final int TRIES = 4;
    private static final List<Integer> DEADLINES = List.of(300, 2_000, 10_000, 60_000);

    private final String id;
    private final String body;
    private final Supplier<Command<?, ?>> command;
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean settled;

    /** How one attempt ended, as far as whoever sent it knows. */
    enum End {
        OPEN,
        DONE,
        NOTHING_HAPPENED,
        NOBODY_KNOWS
    }

    /** The request, sent once. */
    final class Attempt {
        private final SimulatedNode node;
        private final Stamp stamp;
        private final Command<?, ?> asked;
        private final int restores;
        private final long acknowledged;
        private @Nullable Instant decidedAt;
        private End end = End.OPEN;

        private Attempt(SimulatedTown town, SimulatedNode node, String body) {
            this.node = node;
            this.asked = command.get();
            this.restores = town.log().restores();
            this.acknowledged = town.acknowledged();
            Duration patience =
                    town.isCalm()
                            ? Duration.ofMinutes(5)
                            : Duration.ofMillis(DEADLINES.get(town.pick(DEADLINES.size())));
            this.stamp =
                    new Stamp(
                            id,
                            body,
                            id + "/" + attempts.size(),
                            node.clock().instant().plus(patience));
        }

        SimulatedRequest request() {
            return SimulatedRequest.this;
        }

        SimulatedNode node() {
            return node;
        }

        Stamp stamp() {
            return stamp;
        }

        Command<?, ?> command() {
            return asked;
        }

        Object turn() {
            return asked.boundary().getFirst();
        }

        End end() {
            return end;
        }

        /** How often the log had become shorter when it was sent. */
        int restores() {
            return restores;
        }

        /** How much of the log somebody had been told of when it was sent. */
        long acknowledged() {
            return acknowledged;
        }

        /** The instant it was last decided with. */
        Instant decidedAt() {
            return Objects.requireNonNull(decidedAt);
        }

        /** The same command, which tells when it is decided. */
        Command<?, ?> recording() {
            return new Recording<>(asked, now -> decidedAt = now);
        }

        @Override
        public String toString() {
            return stamp.actor() + " at " + node + " " + asked;
        }
    }

    private record Recording<S, R extends Rejection>(
            Command<S, R> asked, java.util.function.Consumer<Instant> told)
            implements Command<S, R> {
        @Override
        public List<Fold<?>> boundary() {
            return asked.boundary();
        }

        @Override
        public List<Fold<?>> presumedNew() {
            return asked.presumedNew();
        }

        @Override
        public S state(Folded known) {
            return asked.state(known);
        }

        @Override
        public Decision<R> decide(S state, Instant now) {
            told.accept(now);
            return asked.decide(state, now);
        }
    }

    SimulatedRequest(String id, String body, Supplier<Command<?, ?>> command) {
        this.id = id;
        this.body = body;
        this.command = command;
    }

    @Override
    public String toString() {
        return id;
    }

    void send(SimulatedTown town) {
        attempt(town, town.anyNode(), body);
        if (town.pick(6) == 0) {
            attempt(town, town.anyNode(), body);
        } else if (town.pick(40) == 0) {
            attempt(town, town.anyNode(), "another body");
        }
    }

    private void attempt(SimulatedTown town, SimulatedNode node, String body) {
        var attempt = new Attempt(town, node, body);
        attempts.add(attempt);
        town.judge(attempt);
    }

    /** Whoever still has no answer asks again, and goes on until he has. */
    void insist(SimulatedTown town) {
        if (!settled && attempts.stream().noneMatch(a -> a.end == End.OPEN)) {
            attempt(town, town.anyNode(), body);
        }
    }

    void answered(SimulatedTown town, Attempt attempt, Outcome outcome) {
        attempt.end =
                switch (outcome) {
                    case Outcome.Done _ -> End.DONE;
                    case Outcome.Refused _, Outcome.KeyReused _, Outcome.NoTime _ ->
                            End.NOTHING_HAPPENED;
                    case Outcome.Unknown _ -> End.NOBODY_KNOWS;
                };
        switch (outcome) {
            case Outcome.Done _, Outcome.Refused _, Outcome.KeyReused _ -> settled = true;
            case Outcome.NoTime _, Outcome.Unknown _ -> perhapsAgain(town);
        }
    }

    void failed(SimulatedTown town, Attempt attempt, RuntimeException failure) {
        boolean poison = failure instanceof UnwritableEvents;
        if (poison && !body.equals(SimulatedTown.POISON)) {
            throw new AssertionError(attempt + " was taken for what cannot be written");
        }
        attempt.end = failure instanceof LogUnreadable ? End.NOBODY_KNOWS : End.NOTHING_HAPPENED;
        if (poison) {
            settled = true;
        } else {
            perhapsAgain(town);
        }
    }

    void lostWith(SimulatedTown town, SimulatedNode node) {
        for (Attempt attempt : List.copyOf(attempts)) {
            if (attempt.node == node && attempt.end == End.OPEN) {
                attempt.end = End.NOBODY_KNOWS;
                perhapsAgain(town);
            }
        }
    }

    private void perhapsAgain(SimulatedTown town) {
        if (town.isCalm() || (attempts.size() < TRIES && town.pick(3) > 0)) {
            town.later(
                    null,
                    this + " is sent again",
                    town.pick(300),
                    () -> attempt(town, town.anyNode(), body));
        }
    }

    boolean isSettled() {
        return settled && attempts.stream().noneMatch(a -> a.end == End.OPEN);
    }

    List<Attempt> attempts() {
        return attempts;
    }
}
