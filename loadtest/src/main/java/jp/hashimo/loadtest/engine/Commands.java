package jp.hashimo.loadtest.engine;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PaymentId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.payment.AnswerPayment;
import jp.hashimo.ledger.payment.Party;
import jp.hashimo.ledger.payment.ProposePayment;
import jp.hashimo.ledger.payment.ScanMode;
import jp.hashimo.loadtest.measure.ClosedLoop;

/** Payments of one point as commands: a proposal, and the store's OK. */
final class Commands implements ClosedLoop.Client {
    private static final Duration HELD_FOR = Duration.ofMinutes(3);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Door ledger;
    private final List<WalletId> wallets;
    private final List<MerchantId> stores;
    private final Script script;
    private final SplittableRandom random;

    /** What belongs to a payment, and what of it is timed. */
    enum Script {
        /** Proposed and confirmed, each of the two by itself. */
        BOTH,
        /** Proposed and confirmed, but timed is the proposal alone: it is what reads the wallet. */
        PROPOSAL_TIMED,
        /** Proposed only, where the engine would not remember what is to be confirmed. */
        PROPOSAL_ONLY
    }

    /** What takes a command and says what became of it. */
    @FunctionalInterface
    interface Door {
        Outcome execute(Command<?, ?> command, Stamp stamp);
    }

    /**
     * @param wallets one of which pays each time, at one of the stores
     */
    Commands(
            Door ledger,
            List<WalletId> wallets,
            List<MerchantId> stores,
            Script script,
            long seed) {
        this.ledger = ledger;
        this.wallets = wallets;
        this.stores = stores;
        this.script = script;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void act(ClosedLoop.Stopwatch watch) {
        var paymentId = new PaymentId(UuidCreator.getTimeOrderedEpoch());
        MerchantId store = stores.get(random.nextInt(stores.size()));
        var proposal =
                new ProposePayment(
                        paymentId,
                        wallets.get(random.nextInt(wallets.size())),
                        store,
                        null,
                        ScanMode.USER_SCAN,
                        null,
                        1,
                        HELD_FOR);
        if (done(proposal, watch, true) && script != Script.PROPOSAL_ONLY) {
            var answer =
                    new AnswerPayment(
                            paymentId, AnswerPayment.Answer.CONFIRM, new Party.Shop(store));
            boolean _ = done(answer, watch, script == Script.BOTH);
        }
    }

    private boolean done(Command<?, ?> command, ClosedLoop.Stopwatch watch, boolean timed) {
        long from = System.nanoTime();
        String request = UUID.randomUUID().toString();
        Outcome outcome =
                ledger.execute(
                        command,
                        new Stamp(
                                request,
                                request,
                                "benchmark",
                                Clock.systemUTC().instant().plus(DEADLINE)));
        return switch (outcome) {
            case Outcome.Done _ -> {
                if (timed) {
                    watch.took(System.nanoTime() - from);
                }
                yield true;
            }
            case Outcome.NoTime _, Outcome.Unknown _ -> {
                watch.failed();
                yield false;
            }
            case Outcome.Refused _, Outcome.KeyReused _ ->
                    throw new IllegalStateException(command + " came to " + outcome);
        };
    }
}
