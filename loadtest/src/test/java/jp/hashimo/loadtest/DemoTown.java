package jp.hashimo.loadtest;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The people of the demo town, signed in; their tokens outlive the process that gave them. */
record DemoTown(
        String campaignId,
        List<Resident> residents,
        List<Store> stores,
        String counterToken,
        String financeToken) {

    record Resident(String login, String walletId, String token) {}

    /**
     * A store and somebody who works there.
     *
     * @param code what a customer types or scans to pay there
     */
    record Store(String login, String merchantId, String code, String token) {}

    DemoTown {
        residents = List.copyOf(residents);
        stores = List.copyOf(stores);
    }

    static DemoTown signIn(URI service) throws IOException {
        JsonNode demo = Call.get("/demo").to(service).expect(200);
        var residents = new ArrayList<Resident>();
        var stores = new ArrayList<Store>();
        String counter = "";
        String finance = "";
        for (JsonNode login : demo.path("logins")) {
            String name = login.path("login").asString();
            switch (login.path("role").asString()) {
                case "CITIZEN" ->
                        residents.add(
                                new Resident(
                                        name,
                                        login.path("walletId").asString(),
                                        token(service, login)));
                case "STORE" -> stores.add(store(service, login));
                case "COUNTER" -> counter = counter.isEmpty() ? token(service, login) : counter;
                case "FINANCE_CLERK" ->
                        finance = finance.isEmpty() ? token(service, login) : finance;
                default -> {}
            }
        }
        return new DemoTown(
                demo.path("campaignId").asString(), residents, stores, counter, finance);
    }

    /** How far the ledger has come by all that this node has written. */
    long position(URI service) throws IOException {
        return books().to(service).position();
    }

    /** The books, as finance may read them. */
    Call books() {
        return Call.get("/api/v1/books/trial-balance").as(financeToken);
    }

    private static Store store(URI service, JsonNode login) throws IOException {
        String merchantId = login.path("merchantId").asString();
        String token = token(service, login);
        String code =
                Call.get("/api/v1/merchants/" + merchantId + "/code")
                        .as(token)
                        .to(service)
                        .expect(200)
                        .path("code")
                        .asString();
        return new Store(login.path("login").asString(), merchantId, code, token);
    }

    private static String token(URI service, JsonNode login) throws IOException {
        return token(service, login.path("login").asString(), login.path("password").asString());
    }

    static String token(URI service, String login, String password) throws IOException {
        return Call.post("/api/v1/sessions", Map.of("login", login, "password", password))
                .to(service)
                .expect(200)
                .path("token")
                .asString();
    }
}
