package jp.hashimo.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.ledger.eventstore.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a caller is told while nobody knows yet what became of a request. */
class RequestsTest extends ApiTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @AfterEach
    void the_request_is_over() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void a_caller_with_a_key_is_told_where_to_ask() {
        request.addHeader("Idempotency-Key", "k-1");
        assertThat(unknown())
                .isEqualTo(Map.of("state", "PENDING", "request", "/api/v1/requests/k-1"));
    }

    @Test
    void a_payment_provider_who_has_no_key_is_not_told_that_one_is_missing() {
        assertThat(unknown()).isEqualTo(Map.of("state", "PENDING"));
    }

    private @Nullable Object unknown() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        var answer = bean(Requests.class).answer(new Outcome.Unknown());
        assertThat(answer.getStatusCode().value()).isEqualTo(202);
        return answer.getBody();
    }
}
