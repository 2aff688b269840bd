package jp.hashimo.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import jp.hashimo.api.due.DueWork;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Sessions;
import jp.hashimo.gateway.StoreNumber;
import jp.hashimo.ledger.campaign.CampaignTerms;
import jp.hashimo.ledger.campaign.Channel;
import jp.hashimo.ledger.campaign.DraftCampaign;
import jp.hashimo.ledger.campaign.LateReversal;
import jp.hashimo.ledger.campaign.PayPurchase;
import jp.hashimo.ledger.campaign.ReservePurchase;
import jp.hashimo.ledger.campaign.SteerCampaign;
import jp.hashimo.ledger.decision.Command;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.Ledger;
import jp.hashimo.ledger.eventstore.LedgerClock;
import jp.hashimo.ledger.eventstore.Outcome;
import jp.hashimo.ledger.eventstore.Stamp;
import jp.hashimo.ledger.id.CampaignId;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.LotId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.PurchaseId;
import jp.hashimo.ledger.id.TaskId;
import jp.hashimo.ledger.id.UserId;
import jp.hashimo.ledger.id.WalletId;
import jp.hashimo.ledger.merchant.RegisterMerchant;
import jp.hashimo.ledger.merchant.StoreClass;
import jp.hashimo.ledger.money.Points;
import jp.hashimo.ledger.money.Yen;
import jp.hashimo.ledger.readmodel.Projections;
import jp.hashimo.ledger.wallet.RegisterCitizen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A test that talks to the running service. What it needs beforehand it puts into the ledger. */
@ExtendWith(RunningLedger.class)
public abstract class ApiTest {
    private static final AtomicInteger STORES = new AtomicInteger(1_000_000);

    protected static <T> T bean(Class<T> type) {
        return RunningLedger.bean(type);
    }

    /** One of several beans of a type. */
    protected static <T> T bean(String name, Class<T> type) {
        return RunningLedger.bean(name, type);
    }

    /** The ledger's time. */
    protected static Instant now() {
        return bean(LedgerClock.class).instant();
    }

    /** The last position of the log. */
    protected static long head() {
        return bean(EventLog.class).head();
    }

    /** Waits until the tables show all that the log has now, for what reads them unasked. */
    protected static void awaitTables() {
        try {
            assertThat(bean(Projections.class).awaitAll(head(), Duration.ofSeconds(10))).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Does something while the tables of a projection show an event that is not the log's; they are
     * made again, and take their place afterwards.
     */
    protected static void whileAstray(String projection, Runnable act) {
        awaitTables();
        var jdbc = bean(JdbcClient.class);
        try (Connection gate = bean(DataSource.class).getConnection();
                Statement statement = gate.createStatement()) {
            gate.setAutoCommit(false);
            statement.execute("LOCK TABLE reading IN ACCESS SHARE MODE");
            jdbc.sql(
                            "UPDATE projection SET event_at = event_at + interval '1 microsecond' WHERE name = ?")
                    .param(projection)
                    .update();
            try {
                act.run();
            } finally {
                gate.rollback();
                gate.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        while (!jdbc.sql("SELECT bool_and(stands) FROM projection_place")
                .query(Boolean.class)
                .single()) {
            Thread.onSpinWait();
        }
        awaitTables();
    }

    /**
     * A call that is refused: with a problem document, and with nothing in the log but what the
     * clock itself may have recorded meanwhile.
     *
     * @param problem status and slug, such as {@code 409 sale-suspended}
     */
    protected static Reply refused(String problem, Supplier<Reply> call) {
        long before = head();
        Reply reply = call.get();
        assertThat(reply.problem()).as(reply.toString()).isEqualTo(problem);
        assertThat(reply.headers().firstValue("Content-Type").orElse(""))
                .as(reply.toString())
                .startsWith("application/problem+json");
        assertThat(bean(EventLog.class).read(before, 500))
                .as("recorded although refused: " + reply)
                .allMatch(recorded -> "clock".equals(recorded.metadata().get("actor")));
        assertThat(reply.position()).as("Ledger-Position").isBetween(before, head());
        return reply;
    }

    /**
     * Moves the ledger's clock on; it runs on from there.
     *
     * <p>Tests share the clock; it is never turned back.
     */
    protected static void pass(Duration time) {
        assertThat(bean(LedgerClock.class).moveTo(now().plus(time), false)).isTrue();
    }

    /**
     * Ends every hold and every reservation of the counter and by card, so that none ends in the
     * middle of a test that counts.
     */
    protected static void endWhatIsOpen() {
        pass(Duration.ofMinutes(11));
        workOffWhatIsDue();
    }

    /** Has everything recorded that has come due, and read. */
    protected static void workOffWhatIsDue() {
        try {
            bean(DueWork.class).workOffEverything();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Somebody of the city's staff, new for this test. */
    protected static Person staff(Role... roles) {
        return signIn(new Caller(userId(), Set.of(roles), null, null, null, null));
    }

    /** A clerk of a department. */
    protected static Person clerkOf(String department) {
        return signIn(
                new Caller(userId(), Set.of(Role.DEPARTMENT_CLERK), null, null, null, department));
    }

    /** A resident with an empty wallet. */
    protected static Person citizen() {
        var citizenId = new CitizenId(fresh());
        var walletId = new WalletId(fresh());
        UserId user = userId();
        done(new RegisterCitizen(citizenId, walletId, List.of(fresh().toString()), false, user));
        return signIn(new Caller(user, Set.of(Role.CITIZEN), citizenId, walletId, null, null));
    }

    /** A resident who has bought points for so many yen in the sale of {@link #saleUntil}. */
    protected static Person citizenWith(long yen, Instant expiresAt) {
        Person citizen = citizen();
        buy(citizen.walletId(), saleUntil(expiresAt), yen);
        return citizen;
    }

    /** A store without a name, and somebody who works there. */
    protected static Person shopkeeper(StoreClass storeClass) {
        var merchantId = new MerchantId(fresh());
        done(
                new RegisterMerchant(
                        merchantId,
                        StoreNumber.ofSerial(STORES.incrementAndGet()).number(),
                        storeClass));
        return shopkeeperOf(merchantId);
    }

    protected static Person shopkeeperOf(MerchantId merchantId) {
        return signIn(new Caller(userId(), Set.of(Role.STORE), null, null, merchantId, null));
    }

    /**
     * An open sale of the reference terms, 1,000 yen for 300 points more, whose points end then.
     */
    protected static CampaignId saleUntil(Instant expiresAt) {
        var campaignId = new CampaignId(fresh());
        Instant from = now().minus(Duration.ofDays(1));
        done(
                new DraftCampaign(
                        campaignId,
                        new CampaignTerms(
                                "プレミアム付商品券",
                                2023,
                                new Yen(1_000),
                                new Points(300),
                                new Yen(10_000),
                                new Points(3_000_000),
                                from,
                                expiresAt,
                                expiresAt,
                                LateReversal.FORFEIT),
                        userId()));
        done(new SteerCampaign(campaignId, new SteerCampaign.Move.Approve(), userId()));
        return campaignId;
    }

    /** Reserved and paid in cash at the counter. */
    protected static void buy(WalletId walletId, CampaignId campaignId, long yen) {
        var purchaseId = new PurchaseId(fresh());
        done(
                new ReservePurchase(
                        purchaseId,
                        campaignId,
                        walletId,
                        yen,
                        Channel.COUNTER,
                        Duration.ofMinutes(10),
                        userId()));
        done(
                new PayPurchase(
                        purchaseId,
                        new PayPurchase.Money.Cash(fresh().toString()),
                        new PayPurchase.NewIds(
                                new LotId(fresh()), new LotId(fresh()), new TaskId(fresh()))));
    }

    /** Puts a command to the ledger, past HTTP, and expects it to be done. */
    protected static Outcome.Done done(Command<?, ?> command) {
        String request = fresh().toString();
        var stamp =
                new Stamp(
                        request,
                        request,
                        "test",
                        Clock.systemUTC().instant().plus(Duration.ofSeconds(10)));
        Outcome outcome = bean(Ledger.class).execute(command, stamp);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    /** The same thing so many times at once, each time with its number. */
    protected static <T> List<T> atOnce(int times, IntFunction<T> act) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running =
                    IntStream.range(0, times)
                            .mapToObj(i -> threads.submit(() -> act.apply(i)))
                            .toList();
            return running.stream().map(ApiTest::result).toList();
        }
    }

    protected static UUID fresh() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    protected static UserId userId() {
        return new UserId(fresh());
    }

    private static <T> T result(Future<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Makes a login and signs in with it. */
    protected static Person signIn(Caller caller) {
        return signIn(caller, null);
    }

    /** Makes a login with a password the test knows. */
    protected static Person signIn(Caller caller, @Nullable String password) {
        assertThat(
                        bean(Accounts.class)
                                .open(
                                        caller,
                                        caller.userId().toString(),
                                        password == null ? fresh().toString() : password))
                .isTrue();
        return new Person(caller, bean(Sessions.class).open(caller).token());
    }
}
