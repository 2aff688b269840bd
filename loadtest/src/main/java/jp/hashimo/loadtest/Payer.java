package jp.hashimo.loadtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import jp.hashimo.loadtest.DemoTown.Resident;
import jp.hashimo.loadtest.DemoTown.Store;

/** A resident with a full wallet who pays one point after the other; each store says OK at once. */
final class Payer {
    private static final String PASSWORD = "first-numbers-1";

    private final URI service;
    private final DemoTown town;
    private final Resident resident;
    private List<Long> latencies = new ArrayList<>();
    private int payments;

    private Payer(URI service, DemoTown town, Resident resident) {
        this.service = service;
        this.town = town;
        this.resident = resident;
    }

    /** New residents, registered at the counter, where each has bought as much as one may. */
    static List<Payer> settle(URI service, DemoTown town, int count) throws IOException {
        List<Payer> payers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            payers.add(new Payer(service, town, register(service, town, i)));
            payers.getLast().buy();
        }
        return payers;
    }

    private static Resident register(URI service, DemoTown town, int number) throws IOException {
        String login = "payer" + number;
        String walletId =
                post(
                                "/api/v1/citizens",
                                town.counterToken(),
                                Map.of(
                                        "displayName",
                                        "計測 " + number,
                                        "kana",
                                        "ケイソク",
                                        "birthDate",
                                        "1960-01-" + "%02d".formatted(number % 28 + 1),
                                        "phone",
                                        "0901111%04d".formatted(number),
                                        "login",
                                        login,
                                        "password",
                                        PASSWORD,
                                        "evidence",
                                        "DOCUMENT_SEEN",
                                        "overrideReason",
                                        "計測用"))
                        .to(service)
                        .expect(201)
                        .path("walletId")
                        .asString();
        return new Resident(login, walletId, DemoTown.token(service, login, PASSWORD));
    }

    private void buy() throws IOException {
        String purchaseId =
                post(
                                "/api/v1/purchases",
                                town.counterToken(),
                                Map.of(
                                        "walletId",
                                        resident.walletId(),
                                        "campaignId",
                                        town.campaignId(),
                                        "amount",
                                        10_000,
                                        "channel",
                                        "COUNTER"))
                        .to(service)
                        .expect(201)
                        .path("purchaseId")
                        .asString();
        var _ =
                post(
                                "/api/v1/purchases/" + purchaseId + "/paid",
                                town.counterToken(),
                                Map.of("paymentReference", UUID.randomUUID().toString()))
                        .to(service)
                        .expect(200);
    }

    /** Pays without a pause; a payment that has begun is brought to its end. */
    void payUntil(long nanos) {
        try {
            while (System.nanoTime() - nanos < 0) {
                pay();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pay() throws IOException {
        Store store = town.stores().get(ThreadLocalRandom.current().nextInt(town.stores().size()));
        Call proposal =
                post(
                        "/api/v1/payments",
                        resident.token(),
                        Map.of("mode", "USER_SCAN", "code", store.code(), "amount", 1));
        String paymentId = timed(proposal).expect(201).path("paymentId").asString();
        Call ok = post("/api/v1/payments/" + paymentId + "/confirm", store.token(), Map.of());
        var _ = timed(ok).expect(200);
        payments++;
    }

    private Reply timed(Call call) throws IOException {
        long from = System.nanoTime();
        Reply reply = call.to(service);
        latencies.add(System.nanoTime() - from);
        return reply;
    }

    private static Call post(String path, String token, Object body) {
        return Call.post(path, body).as(token).underKey(UUID.randomUUID().toString());
    }

    /** How many the wallet has seen. */
    int payments() {
        return payments;
    }

    /** The nanoseconds each command took since the last time, in no order. */
    List<Long> takeLatencies() {
        List<Long> taken = latencies;
        latencies = new ArrayList<>();
        return taken;
    }
}
