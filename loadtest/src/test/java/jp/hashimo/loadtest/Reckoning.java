package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jp.hashimo.loadtest.DemoTown.Store;
import jp.hashimo.loadtest.Notebook.Acknowledged;
import jp.hashimo.loadtest.Shopper.Bought;
import jp.hashimo.loadtest.Shopper.Paid;
import tools.jackson.databind.JsonNode;

/** Compares what the service shows in the end with what it said on the way. */
final class Reckoning {
    private final URI service;
    private final DemoTown town;
    private final List<Shopper> shoppers;
    private final Notebook notebook;
    private final List<String> findings = new ArrayList<>();
    private final Map<Long, String> history = new HashMap<>();
    private Instant now = Instant.MIN;

    Reckoning(URI service, DemoTown town, List<Shopper> shoppers, Notebook notebook) {
        this.service = service;
        this.town = town;
        this.shoppers = List.copyOf(shoppers);
        this.notebook = notebook;
    }

    /** What is not as promised. */
    List<String> findings() throws IOException {
        stopTheClock();
        positionsInOrder();
        for (Shopper shopper : shoppers) {
            payments(shopper);
            entries(shopper);
            balance(shopper);
        }
        acknowledgements();
        stores();
        books();
        givenUp();
        return List.copyOf(findings);
    }

    /** So that a hold does not end between two reads that are compared. */
    private void stopTheClock() throws IOException {
        JsonNode demo = Call.get("/demo").to(service).expect(200);
        now = instant(demo.path("now").asString()).plusSeconds(1);
        Call.post("/api/v1/demo/clock", Map.of("now", now.toString(), "stands", true))
                .to(service)
                .expect(200);
    }

    /**
     * No two acknowledged writes have one position, and what was answered before another was sent
     * comes before it.
     */
    private void positionsInOrder() {
        List<Acknowledged> bySending =
                notebook.acknowledged().stream()
                        .sorted(Comparator.comparingLong(Acknowledged::sentNanos))
                        .toList();
        List<Acknowledged> byAnswer =
                notebook.acknowledged().stream()
                        .sorted(Comparator.comparingLong(Acknowledged::answeredNanos))
                        .toList();
        Set<Long> seen = new HashSet<>();
        int answered = 0;
        long highest = 0;
        for (Acknowledged one : bySending) {
            while (byAnswer.get(answered).answeredNanos() < one.sentNanos()) {
                highest = Math.max(highest, byAnswer.get(answered).position());
                answered++;
            }
            check(
                    one.position() > highest && seen.add(one.position()),
                    one.note()
                            + " has position "
                            + one.position()
                            + ", yet was sent after "
                            + highest);
        }
    }

    private void payments(Shopper shopper) throws IOException {
        for (Paid payment : shopper.payments()) {
            JsonNode shown =
                    get("/api/v1/payments/" + payment.paymentId(), shopper.resident().token());
            check(
                    shown.path("state").asString("").equals(stateOf(payment))
                            && shown.path("amount").asLong() == payment.amount()
                            && shown.path("merchantId")
                                    .asString("")
                                    .equals(payment.store().merchantId()),
                    payment + " is shown as " + shown);
        }
    }

    /** The history holds exactly what we were told of, each once. */
    private void entries(Shopper shopper) throws IOException {
        var expected = new TreeSet<String>();
        for (Bought purchase : shopper.purchases()) {
            expected.add("ISSUED " + purchase.purchaseId() + " " + purchase.points());
        }
        for (Paid payment : shopper.payments()) {
            String what = " " + payment.paymentId() + " " + payment.amount();
            expected.add("PROPOSED" + what);
            switch (stateOf(payment)) {
                case "CAPTURED" -> expected.add("PAID" + what);
                case "DECLINED" -> expected.add("DECLINED" + what);
                case "EXPIRED" -> expected.add("EXPIRED" + what);
                default -> {}
            }
        }
        for (JsonNode entry : history(shopper)) {
            String told =
                    told(entry.path("type").asString(""), entry, entry.path("amount").asLong());
            check(
                    expected.remove(told),
                    shopper.resident().login() + " has an entry too many: " + entry);
            history.put(entry.path("position").asLong(), told);
        }
        check(expected.isEmpty(), shopper.resident().login() + " lacks entries: " + expected);
    }

    /** What a write was answered is what stands at the position it was given. */
    private void acknowledgements() {
        for (Acknowledged write : notebook.acknowledged()) {
            JsonNode answer = write.reply().json();
            long amount = answer.path("amount").asLong() + answer.path("premium").asLong();
            String state = answer.path("state").asString("");
            // A reservation is no entry of the wallet.
            if (!state.equals("RESERVED")) {
                String told = told(state.equals("CAPTURED") ? "PAID" : state, answer, amount);
                check(
                        told.equals(history.get(write.position())),
                        write.note()
                                + " was answered "
                                + write.reply()
                                + ", yet position "
                                + write.position()
                                + " holds "
                                + history.get(write.position()));
            }
        }
    }

    private static String told(String type, JsonNode of, long amount) {
        String id = of.path("paymentId").asString(of.path("purchaseId").asString(""));
        return type + " " + id + " " + amount;
    }

    private List<JsonNode> history(Shopper shopper) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String path = "/api/v1/wallets/" + shopper.resident().walletId() + "/entries?limit=500";
        String cursor = "";
        do {
            JsonNode page =
                    get(
                            cursor.isEmpty() ? path : path + "&cursor=" + cursor,
                            shopper.resident().token());
            page.path("items").forEach(all::add);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        return all;
    }

    private void balance(Shopper shopper) throws IOException {
        long issued = shopper.purchases().stream().mapToLong(Bought::points).sum();
        long captured = sum(shopper, "CAPTURED");
        long held = sum(shopper, "PROPOSED");
        JsonNode wallet =
                get("/api/v1/wallets/" + shopper.resident().walletId(), shopper.resident().token());
        check(
                wallet.path("total").asLong(-1) == issued - captured
                        && wallet.path("available").asLong(-1) == issued - captured - held
                        && wallet.path("held").asLong(-1) == held,
                "%s: issued %d, captured %d, held %d, yet the wallet is %s"
                        .formatted(shopper.resident().login(), issued, captured, held, wallet));
    }

    private long sum(Shopper shopper, String state) {
        return shopper.payments().stream()
                .filter(payment -> stateOf(payment).equals(state))
                .mapToLong(Paid::amount)
                .sum();
    }

    private void stores() throws IOException {
        for (Store store : town.stores()) {
            long captured =
                    shoppers.stream()
                            .flatMap(shopper -> shopper.payments().stream())
                            .filter(payment ->
                                    payment.store().equals(store)
                                            && payment.state().equals("CAPTURED"))
                            .mapToLong(Paid::amount)
                            .sum();
            JsonNode day =
                    get("/api/v1/merchants/" + store.merchantId() + "/day-close", store.token());
            check(
                    day.path("total").asLong(-1) == captured,
                    store.login() + " took " + captured + ", yet its day is " + day);
        }
    }

    private void books() throws IOException {
        JsonNode books = get("/api/v1/books/trial-balance", town.financeToken());
        check(
                books.path("difference").asLong(-1) == 0
                        && books.path("totalDebit").asLong() > 0
                        && books.path("position").asLong() >= lastPosition(),
                "the books do not balance: " + books);
    }

    /** Given up is absent for good, once no deadline of it can be open any more. */
    private void givenUp() throws IOException {
        Instant last =
                notebook.givenUp().stream()
                        .map(Notebook.GivenUp::finalAfter)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        long wait = Duration.between(Clock.systemUTC().instant(), last).toMillis();
        if (wait >= 0) {
            CompletableFuture.runAsync(
                            () -> {},
                            CompletableFuture.delayedExecutor(wait + 1, TimeUnit.MILLISECONDS))
                    .join();
        }
        for (Notebook.GivenUp request : notebook.givenUp()) {
            Reply reply =
                    Call.get("/api/v1/requests/" + request.note().key())
                            .as(request.note().token())
                            .to(service);
            check(
                    reply.status() == 404 && reply.problem().equals("request-unknown"),
                    request.note() + " was unknown, and now is " + reply);
        }
    }

    /** As the stopped clock makes it: past its end a hold no longer counts. */
    private String stateOf(Paid payment) {
        return payment.state().equals("PROPOSED") && !now.isBefore(instant(payment.expiresAt()))
                ? "EXPIRED"
                : payment.state();
    }

    private long lastPosition() {
        return notebook.acknowledged().stream().mapToLong(Acknowledged::position).max().orElse(0);
    }

    private JsonNode get(String path, String token) throws IOException {
        return Call.get(path).as(token).notBefore(lastPosition()).to(service).expect(200);
    }

    private void check(boolean asPromised, String finding) {
        if (!asPromised) {
            findings.add(finding);
        }
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }
}
