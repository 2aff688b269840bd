package jp.hashimo.loadtest.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import jp.hashimo.loadtest.measure.Cluster;
import org.postgresql.PGConnection;

/**
 * Residents and stores who have signed in, with the requests they send as far as those are known.
 */
record HttpTown(List<Resident> residents, List<Store> stores) {
    static final Bytes EMPTY_BODY = Bytes.body("{}");

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Somebody who pays.
     *
     * @param head what follows a request's path, up to the idempotency key
     */
    record Resident(Bytes head) {}

    /**
     * Somewhere to pay.
     *
     * @param proposal what follows the idempotency key when a citizen pays one point here
     * @param confirmHead what follows the payment's id, up to the idempotency key
     */
    record Store(Bytes proposal, Bytes confirmHead) {}

    HttpTown {
        residents = List.copyOf(residents);
        stores = List.copyOf(stores);
    }

    /**
     * Settles the town. Stores come in by the door, since the service keeps their names; so do
     * their codes. Residents are facts in the log. All have signed in already: a session is a row.
     */
    static HttpTown settle(
            URI service,
            Cluster cluster,
            String database,
            Townsfolk townsfolk,
            int residents,
            int stores)
            throws IOException, SQLException {
        try (var people = new People(cluster, database)) {
            String clerk = people.signIn(userId(), "FINANCE_CLERK", "\\N\t\\N\t\\N");
            people.flush();
            List<Store> settled = new ArrayList<>();
            try (var connection = new HttpConnection(service)) {
                for (int i = 0; i < stores; i++) {
                    settled.add(store(connection, people, clerk, i));
                }
            }
            List<Resident> payers = new ArrayList<>();
            for (Townsfolk.Named named : townsfolk.moveIn(cluster.url(database), residents)) {
                String token =
                        people.signIn(
                                named.userId(),
                                "CITIZEN",
                                named.citizenId() + "\t" + named.walletId() + "\t\\N");
                payers.add(new Resident(head(token)));
            }
            people.flush();
            return new HttpTown(payers, settled);
        }
    }

    private static Store store(HttpConnection connection, People people, String clerk, int number)
            throws IOException {
        String body =
                """
                {"name":"商店 %d","storeClass":"LOCAL","bankAccount":\
                {"bankCode":"9999","branchCode":"001","type":"1","number":"%07d","holderKana":"シヨウテン"}}\
                """
                        .formatted(number, 2_000_000 + number);
        expect(
                201,
                connection
                        .with(Bytes.of("POST /api/v1/merchants"))
                        .and(head(clerk))
                        .andHex(RANDOM.nextLong())
                        .and(Bytes.body(body))
                        .send(),
                connection);
        String merchantId = field(connection, "merchantId");
        expect(
                200,
                connection
                        .with(Bytes.of("GET /api/v1/merchants/" + merchantId + "/code"))
                        .and(head(clerk))
                        .and(Bytes.of("\r\nLedger-Position: "))
                        .and(Bytes.of(Long.toString(connection.answer().position())))
                        .and(Bytes.of("\r\n\r\n"))
                        .send(),
                connection);
        String code = field(connection, "code");
        String staff = people.signIn(userId(), "STORE", "\\N\t\\N\t" + merchantId);
        return new Store(
                Bytes.body("{\"mode\":\"USER_SCAN\",\"code\":\"%s\",\"amount\":1}".formatted(code)),
                Bytes.of("/confirm").and(head(staff)));
    }

    private static String field(HttpConnection connection, String name) throws IOException {
        return new String(
                connection.answer().field(AnswerReader.ascii("\"" + name + "\":\"")), US_ASCII);
    }

    private static void expect(int wanted, int status, HttpConnection connection)
            throws IOException {
        if (status != wanted) {
            throw new IOException("answered " + status + ": " + connection.answer().body());
        }
    }

    /** Up to the idempotency key, which a read has too and does not need. */
    private static Bytes head(String token) {
        return Bytes.of(
                " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token
                        + "\r\nIdempotency-Key: ");
    }

    private static String userId() {
        return "usr_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Accounts and sessions, gathered and written at once. */
    private static final class People implements AutoCloseable {
        private final Connection connection;
        private StringBuilder accounts = new StringBuilder();
        private StringBuilder sessions = new StringBuilder();

        People(Cluster cluster, String database) throws SQLException {
            connection = cluster.connect(database);
        }

        /**
         * A session of somebody who has no password and needs none.
         *
         * @param belongings citizen, wallet and store, tab between them, {@code \N} for none
         * @return the token
         */
        String signIn(String userId, String role, String belongings) {
            byte[] bits = new byte[32];
            RANDOM.nextBytes(bits);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
            accounts.append(
                    "%s\tlogin of %s\tnone\t{%s}\t%s%n"
                            .formatted(userId, userId, role, belongings));
            sessions.append("%s\t%s\tinfinity%n".formatted(sha256(token), userId));
            return token;
        }

        void flush() throws SQLException, IOException {
            copy(
                    "account (user_id, login_hash, password_hash, roles, citizen_id, wallet_id, merchant_id)",
                    accounts);
            copy("session (token_hash, user_id, expires_at)", sessions);
            accounts = new StringBuilder();
            sessions = new StringBuilder();
        }

        private void copy(String into, CharSequence rows) throws SQLException, IOException {
            long _ =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "COPY " + into + " FROM STDIN",
                                    new StringReader(rows.toString()));
        }

        private static String sha256(String token) {
            try {
                return HexFormat.of()
                        .formatHex(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(token.getBytes(US_ASCII)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
