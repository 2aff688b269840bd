package jp.hashimo.loadtest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import jp.hashimo.loadtest.measure.ClosedLoop;
import jp.hashimo.loadtest.measure.Load;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TillTest {
    private final Queue<Integer> statuses = new ArrayDeque<>();
    private HttpServer service;

    @BeforeEach
    void answers() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void ends() {
        service.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] _ = exchange.getRequestBody().readAllBytes();
            byte[] body = "{\"paymentId\":\"pay_1\"}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("Ledger-Position", "7");
            exchange.sendResponseHeaders(statuses.remove(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Load pay(Integer... answered) throws Exception {
        statuses.addAll(List.of(answered));
        URI url = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        var resident =
                new HttpTown.Resident(
                        Bytes.of(" HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: "));
        var store = new HttpTown.Store(Bytes.body("{}"), Bytes.of("/confirm").and(resident.head()));
        return ClosedLoop.run(
                1,
                Duration.ZERO,
                _ -> new Till(url, List.of(resident), List.of(store), 1, (_, _) -> {}));
    }

    @Test
    void a_payment_is_two_commands() throws Exception {
        Load load = pay(201, 200);

        assertThat(load.units()).isEqualTo(2);
        assertThat(load.failed()).isZero();
    }

    @Test
    void what_is_put_off_or_not_known_yet_has_failed() throws Exception {
        assertThat(pay(503)).extracting(Load::units, Load::failed).containsExactly(0L, 1L);
        assertThat(pay(202)).extracting(Load::units, Load::failed).containsExactly(0L, 1L);
        assertThat(pay(201, 202)).extracting(Load::units, Load::failed).containsExactly(1L, 1L);
    }

    @Test
    void a_till_that_asks_the_wrong_thing_stops() {
        assertThatThrownBy(() -> pay(409)).hasMessageContaining("answered 409");
        assertThatThrownBy(() -> pay(201, 500)).hasMessageContaining("answered 500");
    }

    @Test
    void the_first_payment_has_been_made_when_its_confirmation_has() throws Exception {
        statuses.addAll(List.of(503, 201, 503, 201, 202, 201, 200));

        FirstPayment.make(this::pay);

        assertThat(statuses).isEmpty();
    }
}
