package jp.hashimo.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.hashimo.loadtest.DemoTown.Resident;
import jp.hashimo.loadtest.DemoTown.Store;
import jp.hashimo.loadtest.Note.Fate;
import tools.jackson.databind.JsonNode;

/**
 * A resident who buys at the counter and pays at stores, step by step, and remembers what the
 * service has said.
 */
final class Shopper implements Runnable {
    private static final int UNIT_YEN = 1_000;
    private static final int CAP_YEN = 10_000;
    private static final long BUY_BELOW_POINTS = 300;

    private final DemoTown town;
    private final Resident resident;
    private final Client client;
    private final Random random;
    private final AtomicBoolean goOn;
    private final List<Bought> purchases = new ArrayList<>();
    private final List<Paid> payments = new ArrayList<>();
    private boolean capReached;

    /** A purchase that was issued. */
    record Bought(String purchaseId, long points) {}

    /**
     * A payment the service has told us of.
     *
     * @param state the last it said
     */
    record Paid(String paymentId, Store store, long amount, String expiresAt, String state) {
        Paid now(String newState) {
            return new Paid(paymentId, store, amount, expiresAt, newState);
        }
    }

    Shopper(DemoTown town, Resident resident, Client client, Random random, AtomicBoolean goOn) {
        this.town = town;
        this.resident = resident;
        this.client = client;
        this.random = random;
        this.goOn = goOn;
    }

    @Override
    public void run() {
        while (goOn.get()) {
            boolean mayBuy = !capReached && purchases.size() * UNIT_YEN < CAP_YEN;
            if (mayBuy && (points() < BUY_BELOW_POINTS || random.nextInt(20) == 0)) {
                buy();
            } else if (random.nextInt(10) == 0) {
                client.look(resident.token(), "/api/v1/wallets/" + resident.walletId());
            } else {
                pay();
            }
        }
    }

    private void buy() {
        Fate reserved =
                client.insist(
                        town.counterToken(),
                        "/api/v1/purchases",
                        Map.of(
                                "walletId",
                                resident.walletId(),
                                "campaignId",
                                town.campaignId(),
                                "amount",
                                UNIT_YEN,
                                "channel",
                                "COUNTER"));
        if (!(reserved instanceof Fate.Done(int _, JsonNode reservation))) {
            // Somebody else has bought for this wallet, and the cap is reached.
            capReached = true;
            return;
        }
        String purchaseId = reservation.path("purchaseId").asString();
        Fate issued =
                client.insist(
                        town.counterToken(),
                        "/api/v1/purchases/" + purchaseId + "/paid",
                        Map.of("paymentReference", UUID.randomUUID().toString()));
        if (issued instanceof Fate.Done(int _, JsonNode answer)) {
            purchases.add(
                    new Bought(
                            purchaseId,
                            answer.path("amount").asLong() + answer.path("premium").asLong()));
        }
    }

    private void pay() {
        Store store = town.stores().get(random.nextInt(town.stores().size()));
        int amount = 1 + random.nextInt(5);
        Fate proposed =
                client.ask(
                        resident.token(),
                        "/api/v1/payments",
                        Map.of("mode", "USER_SCAN", "code", store.code(), "amount", amount),
                        Map.of("walletId", resident.walletId(), "merchantId", store.merchantId()));
        switch (proposed) {
            case Fate.Done(int _, JsonNode answer) -> {
                payments.add(
                        new Paid(
                                answer.path("paymentId").asString(),
                                store,
                                amount,
                                answer.path("expiresAt").asString(),
                                "PROPOSED"));
                answer(store);
            }
            case Fate.Refused(int _, String problem) when problem.equals("insufficient-points") -> {
                // Others pay from this wallet too.
            }
            case Fate.Refused(int _, String problem) ->
                    throw new AssertionError(resident.login() + " may not pay: " + problem);
            case Fate.GivenUp _ -> {}
        }
    }

    /** Most stores say OK; one in twenty declines, and one in twenty looks away. */
    private void answer(Store store) {
        int mood = random.nextInt(20);
        if (mood == 0) {
            return;
        }
        Paid payment = payments.getLast();
        Fate answered =
                client.ask(
                        store.token(),
                        "/api/v1/payments/"
                                + payment.paymentId()
                                + (mood == 1 ? "/decline" : "/confirm"),
                        Map.of(),
                        Map.of());
        switch (answered) {
            case Fate.Done(int _, JsonNode answer) ->
                    payments.set(payments.size() - 1, payment.now(answer.path("state").asString()));
            case Fate.Refused(int _, String problem) when problem.equals("payment-expired") -> {}
            case Fate.Refused(int _, String problem) ->
                    throw new AssertionError(payment + " may not be answered: " + problem);
            case Fate.GivenUp _ -> {}
        }
    }

    /** What can still be spent, as far as we have been told. */
    private long points() {
        return purchases.stream().mapToLong(Bought::points).sum()
                - payments.stream()
                        .filter(payment -> !payment.state().equals("DECLINED"))
                        .mapToLong(Paid::amount)
                        .sum();
    }

    Resident resident() {
        return resident;
    }

    List<Bought> purchases() {
        return List.copyOf(purchases);
    }

    List<Paid> payments() {
        return List.copyOf(payments);
    }
}
