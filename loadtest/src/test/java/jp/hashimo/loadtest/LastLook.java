package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import jp.hashimo.loadtest.DemoTown.Store;
import jp.hashimo.loadtest.Notebook.GivenUp;
import jp.hashimo.loadtest.check.Exchange;
import tools.jackson.databind.JsonNode;

/**
 * After all is over: reads everything the clients have to do with once more, and asks a last time
 * for what was given up.
 */
final class LastLook {
    private static final int NOBODYS = 1_000_000;

    /** Each waits two seconds by itself for the read tables to catch up. */
    private static final int MOST_TRIES = 10;

    private final URI service;
    private final DemoTown town;
    private final Notebook notebook;

    LastLook(URI service, DemoTown town, Notebook notebook) {
        this.service = service;
        this.town = town;
        this.notebook = notebook;
    }

    void look(List<Shopper> shoppers) throws IOException, InterruptedException {
        givenUp();
        long last = notebook.exchanges().stream().mapToLong(Exchange::position).max().orElse(0);
        for (Shopper shopper : shoppers) {
            String wallet = "/api/v1/wallets/" + shopper.resident().walletId();
            var _ = read(wallet, shopper.resident().token(), last);
            history(wallet + "/entries?limit=500", shopper.resident().token(), last);
            for (var payment : shopper.payments()) {
                String path = "/api/v1/payments/" + payment.paymentId();
                var _ = read(path, shopper.resident().token(), last);
            }
        }
        for (Store store : town.stores()) {
            String path = "/api/v1/merchants/" + store.merchantId() + "/day-close";
            var _ = read(path, store.token(), last);
        }
        var _ = read("/api/v1/campaigns/" + town.campaignId(), town.counterToken(), last);
        var _ = read("/api/v1/books/trial-balance", town.financeToken(), last);
    }

    private void history(String path, String token, long last) throws IOException {
        String cursor = "";
        do {
            JsonNode page = read(cursor.isEmpty() ? path : path + "&cursor=" + cursor, token, last);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
    }

    private JsonNode read(String path, String token, long last) throws IOException {
        long sent = System.nanoTime();
        Reply reply = Call.get(path).as(token).notBefore(last).to(service);
        for (int i = 0; reply.status() == 503 && i < MOST_TRIES; i++) {
            sent = System.nanoTime();
            reply = Call.get(path).as(token).notBefore(last).to(service);
        }
        JsonNode shown = reply.expect(200);
        notebook.read(NOBODYS, path, last, sent, reply);
        return shown;
    }

    /** Given up is absent for good, once no deadline of it can be open any more. */
    private void givenUp() throws IOException, InterruptedException {
        Instant last =
                notebook.givenUp().stream()
                        .map(GivenUp::finalAfter)
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        Pause.of(Duration.between(Clock.systemUTC().instant(), last).plusMillis(1));
        for (GivenUp request : notebook.givenUp()) {
            Reply reply =
                    Call.get("/api/v1/requests/" + request.note().key())
                            .as(request.note().token())
                            .to(service);
            if (reply.status() == 200) {
                // It was under way when it was asked for, and its deadline was not over.
                Reply again = request.note().call().to(service);
                notebook.told(request.note(), Exchange.Outcome.DONE, request.sentNanos(), again);
            } else {
                if (!reply.problem().equals("request-unknown")) {
                    notebook.finding(request.note() + " was unknown, and now is " + reply);
                }
                notebook.told(request.note(), Exchange.Outcome.ABSENT, request.sentNanos(), reply);
            }
        }
    }
}
