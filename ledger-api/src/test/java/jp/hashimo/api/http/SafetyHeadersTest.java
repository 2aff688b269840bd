package jp.hashimo.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.testing.ApiTest;
import jp.hashimo.api.testing.Call;
import jp.hashimo.api.testing.Person;
import jp.hashimo.api.testing.Reply;
import org.junit.jupiter.api.Test;

/** Programs and browsers come in by two doors, and are told the same. */
class SafetyHeadersTest extends ApiTest {
    private static final List<String> OF_THE_ANSWER_ITSELF =
            List.of("date", "content-length", "set-cookie", "vary", "connection", "keep-alive");

    private final Person auditor = staff(Role.AUDITOR);

    private static Map<String, List<String>> safety(Reply reply) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers().map());
        OF_THE_ANSWER_ITSELF.forEach(headers::remove);
        return headers;
    }

    @Test
    void a_program_gets_the_headers_a_browser_gets() {
        String path = "/api/v1/requests/none";

        Reply program = Call.by(auditor).get(path);
        Reply browser =
                Call.byNobody().with("Cookie", "hashimo-session=" + auditor.token()).get(path);

        assertThat(program.problem()).isEqualTo("404 request-unknown");
        assertThat(browser.problem()).isEqualTo(program.problem());
        assertThat(safety(program))
                .isEqualTo(safety(browser))
                .containsKeys("X-Content-Type-Options", "Content-Security-Policy", "Cache-Control");
    }

    @Test
    void an_answer_says_how_long_it_is() {
        Reply reply = Call.by(auditor).get("/api/v1/books/trial-balance");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Length")).isPresent();
    }
}
