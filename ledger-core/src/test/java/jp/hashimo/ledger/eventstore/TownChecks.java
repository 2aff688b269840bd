package jp.hashimo.ledger.eventstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jp.hashimo.ledger.campaign.CampaignEvent.CampaignDrafted;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.PurchaseEvent.PurchaseReserved;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationCancelled;
import jp.hashimo.ledger.campaign.PurchaseEvent.ReservationLapsed;
import jp.hashimo.ledger.campaign.PurchaseEvent.VoucherIssued;
import jp.hashimo.ledger.decision.Decision;
import jp.hashimo.ledger.decision.Fold;
import jp.hashimo.ledger.decision.LedgerEvent;
import jp.hashimo.ledger.eventstore.LogStore.KeptState;
import jp.hashimo.ledger.eventstore.SimulatedRequest.Attempt;
import jp.hashimo.ledger.eventstore.SimulatedRequest.End;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentCaptured;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentDeclined;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentExpired;
import jp.hashimo.ledger.payment.PaymentEvent.PaymentProposed;
import jp.hashimo.ledger.testing.SaleTerms;
import jp.hashimo.ledger.wallet.Draw;
import jp.hashimo.ledger.wallet.Fund;
import jp.hashimo.ledger.wallet.Lot;
import jp.hashimo.ledger.wallet.Wallet;
import jp.hashimo.ledger.wallet.WalletEvent.CitizenRegistered;
import jp.hashimo.ledger.wallet.WalletEvent.LotLapsed;
import org.slf4j.helpers.MessageFormatter;

/**
 * What must be true of a story whatever happened in it: of every answer when it is given, of every
 * node's memory, and of the log at the end.
 */
final class TownChecks {
    private final SimulatedLog log;
    private final List<RecordedEvent> acknowledged = new ArrayList<>();
    private long acknowledgedUpTo;
    private int restores;

    TownChecks(SimulatedLog log) {
        this.log = log;
    }

    private static void require(boolean holds, String what, Object... about) {
        if (!holds) {
            throw new AssertionError(MessageFormatter.arrayFormat(what, about).getMessage());
        }
    }

    // Answers.

    /** An answer is what the rules say of the log at one position, and a yes is in the log. */
    void answer(Attempt attempt, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var events, var position, var replayed) -> {
                acknowledged.addAll(events);
                require(position == events.getLast().position(), "{} says {}", attempt, position);
                boolean there = isThere(events);
                if (there) {
                    acknowledgedUpTo = Math.max(acknowledged(), position);
                }
                if (there && !replayed) {
                    var facts = events.stream().map(RecordedEvent::event).toList();
                    isDecidedAt(
                            attempt,
                            events.getFirst().position() - 1,
                            new Decision.Accepted<>(facts));
                }
            }
            case Outcome.Refused(var reason, var position) -> {
                if (attempt.restores() == log.restores()) {
                    require(
                            position >= attempt.acknowledged(),
                            "{} was refused at {}, though up to {} was acknowledged before",
                            attempt,
                            position,
                            attempt.acknowledged());
                    long done = log.positionOf(RequestIds.of(attempt.stamp().requestId(), 0));
                    require(
                            done == 0 || done > position,
                            "{} was refused at {} what it has done at {}",
                            attempt,
                            position,
                            done);
                    isDecidedAt(attempt, position, new Decision.Rejected<>(reason));
                }
            }
            case Outcome.KeyReused _ -> {
                List<RecordedEvent> first = log.ofRequest(attempt.stamp().requestId());
                require(
                        attempt.restores() != log.restores()
                                || first.stream()
                                        .anyMatch(e ->
                                                !attempt.stamp()
                                                        .bodyHash()
                                                        .equals(e.metadata().get(Stamp.BODY_HASH))),
                        "{} is told its key was used",
                        attempt);
            }
            case Outcome.NoTime _, Outcome.Unknown _ -> {}
        }
    }

    /** How far somebody has been told of the log, since it last became shorter. */
    long acknowledged() {
        if (restores != log.restores()) {
            restores = log.restores();
            acknowledgedUpTo = 0;
        }
        return acknowledgedUpTo;
    }

    /** False if the log has lost them since, as logs that are restored do. */
    private boolean isThere(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            if (log.hasLost(event)) {
                return false;
            }
            require(
                    event.position() <= log.size(),
                    "{} was acknowledged and is not in the log",
                    event);
            RecordedEvent there = log.at((int) event.position()).event();
            require(
                    there.id().equals(event.id())
                            && there.event().equals(event.event())
                            && there.at().equals(event.at()),
                    "{} was acknowledged where {} stands",
                    event,
                    there);
        }
        return true;
    }

    private void isDecidedAt(Attempt attempt, long position, Decision<?> answer) {
        Decision<?> decision = log.decide(attempt.command(), position, attempt.decidedAt());
        require(
                decision.equals(answer),
                "{} was answered {} but at position {} the rules say {}",
                attempt,
                answer,
                position,
                decision);
    }

    void succeeded(SimulatedRequest request) {
        require(
                request.attempts().stream().anyMatch(a -> a.end() == End.DONE),
                "nothing succeeds any more: {}",
                request);
    }

    // Memory.

    /** What a node remembers is what the log says, or the node is about to learn of a loss. */
    void memory(List<SimulatedNode> nodes, Collection<Fold<?>> folds) {
        for (SimulatedNode node : nodes) {
            Known known = node.workings.knowledge.known();
            if (known == null || log.has(known)) {
                folds.forEach(fold -> memory(node, fold));
                tail(node);
            }
        }
        log.kept().stream()
                .filter(kept -> log.has(kept.newest()))
                .forEach(kept ->
                        folds.stream()
                                .filter(fold -> isOf(kept, fold))
                                .forEach(fold ->
                                        require(
                                                kept.state()
                                                        .equals(
                                                                log.fresh(
                                                                        fold,
                                                                        kept.newest().position())),
                                                "what was kept of {} at {} is wrong",
                                                fold,
                                                kept.newest())));
    }

    private <T> void memory(SimulatedNode node, Fold<T> fold) {
        Held<T> held = node.workings.cache.get(fold, node.workings.knowledge.seen().losses());
        if (held != null) {
            require(
                    held.upTo() <= log.size() && held.state().equals(log.fresh(fold, held.upTo())),
                    "{} remembers {} of {} where the log says {}",
                    node,
                    held,
                    fold,
                    log.fresh(fold, held.upTo()));
        }
    }

    private static boolean isOf(KeptState kept, Fold<?> fold) {
        var form = fold.keepsake();
        return form != null
                && form.name().equals(kept.fold())
                && fold.facts().value().equals(kept.subject());
    }

    private void tail(SimulatedNode node) {
        Tail tail = node.workings.tail;
        long last = tail.head().map(Tail.Head::position).orElse(0L);
        for (long after = Math.max(0, last - 30); after < last; after++) {
            List<RecordedEvent> remembered = tail.read(after, 1_000);
            for (RecordedEvent event : remembered) {
                require(
                        event.position() <= log.size()
                                && log.at((int) event.position()).event().equals(event),
                        "{} has in its tail {}",
                        node,
                        event);
            }
            if (!remembered.isEmpty()) {
                return;
            }
        }
    }

    // The log.

    void everything(List<SimulatedRequest> requests) {
        order();
        isThere(acknowledged.stream().filter(event -> !log.hasLost(event)).toList());
        eachRequestOnce();
        whoWrote(requests);
        rules();
        for (var wallet : TownErrands.wallets()) {
            Wallet folded = log.fresh(wallet, log.size());
            Count count = new Count();
            log.events().forEach(e -> count.add(e.event()));
            folded.lots()
                    .forEach((lot, balance) ->
                            require(
                                    balance.remaining().amount() == count.remaining(lot),
                                    "{} of {} is {}",
                                    lot,
                                    wallet,
                                    balance));
        }
    }

    private void order() {
        for (int position = 1; position <= log.size(); position++) {
            RecordedEvent event = log.at(position).event();
            require(event.position() == position, "{} stands at {}", event, position);
            require(
                    position == 1 || !event.at().isBefore(log.at(position - 1).event().at()),
                    "{} was recorded before what stands before it",
                    event);
        }
    }

    private void eachRequestOnce() {
        Map<String, Integer> places = new HashMap<>();
        String before = "";
        for (RecordedEvent event : log.events()) {
            String request = Objects.requireNonNull(event.metadata().get(Stamp.REQUEST));
            int place = places.merge(request, 1, Integer::sum) - 1;
            require(
                    place == 0 || request.equals(before),
                    "the facts of {} do not stand side by side",
                    request);
            require(
                    event.id().equals(RequestIds.of(request, place)),
                    "{} has taken effect twice",
                    request);
            before = request;
        }
    }

    /** Whoever was told that nothing happened has written nothing. */
    private void whoWrote(List<SimulatedRequest> requests) {
        Map<String, Attempt> attempts = new HashMap<>();
        requests.forEach(r -> r.attempts().forEach(a -> attempts.put(a.stamp().actor(), a)));
        for (RecordedEvent event : log.events()) {
            Attempt attempt = attempts.get(event.metadata().get(Stamp.ACTOR));
            if (attempt != null) {
                require(
                        attempt.end() == End.DONE || attempt.end() == End.NOBODY_KNOWS,
                        "{} was told that nothing happened, and has written {}",
                        attempt,
                        event);
            }
        }
    }

    private void rules() {
        Count count = new Count();
        for (RecordedEvent event : log.events()) {
            count.add(event.event());
        }
    }

    void nothingIsHeld() {
        Count count = new Count();
        log.events().forEach(event -> count.add(event.event()));
        require(count.proposed.isEmpty(), "still held: {}", count.proposed.keySet());
    }

    /** A second book, kept without wallets or sales; whatever may not be stops it. */
    private static final class Count {
        private final Map<LotId, Lot> lots = new HashMap<>();
        private final Map<LotId, Long> gone = new HashMap<>();
        private final Map<Fund, Long> funds = new HashMap<>();
        private final Map<PaymentId, PaymentProposed> proposed = new HashMap<>();
        private final Map<PurchaseId, PurchaseReserved> reserved = new HashMap<>();
        private final Map<WalletId, Long> bought = new HashMap<>();
        private final Set<Object> names = new HashSet<>();
        private long premium;
        private CampaignTerms terms = SaleTerms.aSale().terms();

        void add(LedgerEvent event) {
            switch (event) {
                case CampaignDrafted e -> terms = e.terms();
                case CitizenRegistered e -> e.personKeys().forEach(key -> once("person", key));
                case PurchaseReserved e -> {
                    once("purchase", e.purchaseId());
                    reserved.put(e.purchaseId(), e);
                    underBudget();
                    underCap(e.walletId());
                }
                case ReservationLapsed e -> ends(reserved, e.purchaseId());
                case ReservationCancelled e -> ends(reserved, e.purchaseId());
                case VoucherIssued e -> {
                    ends(reserved, e.purchaseId());
                    once("reference", e.paymentReference());
                    e.lots().forEach(this::issue);
                    bought.merge(e.walletId(), e.amount().amount(), Long::sum);
                    premium += e.premium().amount();
                    underBudget();
                    underCap(e.walletId());
                }
                case PaymentProposed e -> {
                    once("payment", e.paymentId());
                    if (e.codeId() != null) {
                        once("code", e.codeId());
                    }
                    proposed.put(e.paymentId(), e);
                    e.draws().forEach(draw -> covers(draw.lotId()));
                }
                case PaymentCaptured e -> {
                    PaymentProposed p = ends(proposed, e.paymentId());
                    require(
                            e.capturedAt().isBefore(p.expiresAt()),
                            "captured at or after the end of its hold: {}",
                            e);
                    require(e.draws().equals(p.draws()), "not what was held: {}", e);
                    e.draws().forEach(this::take);
                }
                case PaymentDeclined e -> {
                    ends(proposed, e.paymentId());
                    e.lapsed().forEach(this::take);
                }
                case PaymentExpired e -> {
                    ends(proposed, e.paymentId());
                    require(!e.recordedAt().isBefore(e.expiredAt()), "ended early: {}", e);
                    e.lapsed().forEach(this::take);
                }
                case LotLapsed e -> take(e.lapsed());
                default -> {}
            }
        }

        private void once(String what, Object name) {
            require(names.add(List.of(what, name)), "{} {} serves twice", what, name);
        }

        private static <K, V> V ends(Map<K, V> open, K id) {
            V was = open.remove(id);
            if (was == null) {
                throw new AssertionError("ended without being open: " + id);
            }
            return was;
        }

        private void issue(Lot lot) {
            require(lots.put(lot.lotId(), lot) == null, "issued twice: {}", lot);
            funds.merge(lot.fund(), lot.face().amount(), Long::sum);
        }

        private void take(Draw draw) {
            gone.merge(draw.lotId(), draw.amount().amount(), Long::sum);
            long left = funds.merge(draw.fund(), -draw.amount().amount(), Long::sum);
            require(left >= 0, "the fund {} is overdrawn", draw.fund());
            covers(draw.lotId());
        }

        /** What is left of a lot covers all that is held of it. */
        private void covers(LotId lot) {
            long held =
                    proposed.values().stream()
                            .flatMap(p -> p.draws().stream())
                            .filter(draw -> draw.lotId().equals(lot))
                            .mapToLong(draw -> draw.amount().amount())
                            .sum();
            require(remaining(lot) >= held, "{} is held of {}", held, lot);
        }

        long remaining(LotId lot) {
            return Objects.requireNonNull(lots.get(lot)).face().amount()
                    - gone.getOrDefault(lot, 0L);
        }

        private void underBudget() {
            long open = reserved.values().stream().mapToLong(r -> r.premium().amount()).sum();
            require(
                    premium + open <= terms.premiumBudget().amount(),
                    "the budget is exceeded: {} issued, {} reserved",
                    premium,
                    open);
        }

        private void underCap(WalletId wallet) {
            long open =
                    reserved.values().stream()
                            .filter(r -> r.walletId().equals(wallet))
                            .mapToLong(r -> r.amount().amount())
                            .sum();
            require(
                    bought.getOrDefault(wallet, 0L) + open <= terms.capPerPerson().amount(),
                    "the cap of {} is exceeded",
                    wallet);
        }
    }
}
