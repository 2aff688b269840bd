package jp.hashimo.loadtest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String WITH_LENGTH =
            """
            HTTP/1.1 201\r
            Ledger-Position: 4711\r
            content-length: 31\r
            Content-Type: application/json\r
            \r
            {"paymentId":"pay_1","amount":1}\
            """
                    .replace("content-length: 31", "content-length: 32");

    private static final String CHUNKED =
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            \r
            5\r
            {"a":\r
            A;a=b\r
            "0123456"}\r
            0\r
            \r
            """;

    private static AnswerReader reader(String answers) {
        return new AnswerReader(new ByteArrayInputStream(answers.getBytes(UTF_8)));
    }

    @Test
    void an_answer_with_a_length_is_read_to_its_end_and_no_further() throws IOException {
        AnswerReader reader = reader(WITH_LENGTH + WITH_LENGTH);

        for (int i = 0; i < 2; i++) {
            assertThat(reader.read()).isEqualTo(201);
            assertThat(reader.position()).isEqualTo(4711);
            assertThat(reader.body()).isEqualTo("{\"paymentId\":\"pay_1\",\"amount\":1}");
            assertThat(reader.isLast()).isFalse();
        }
    }

    @Test
    void a_chunked_answer_is_put_together() throws IOException {
        AnswerReader reader = reader(CHUNKED + WITH_LENGTH);

        assertThat(reader.read()).isEqualTo(200);
        assertThat(reader.body()).isEqualTo("{\"a\":\"0123456\"}");
        assertThat(reader.position()).isEqualTo(-1);
        assertThat(reader.read()).isEqualTo(201);
    }

    @Test
    void it_does_not_matter_in_which_pieces_an_answer_arrives() throws IOException {
        AnswerReader reader = new AnswerReader(oneByOne(CHUNKED + WITH_LENGTH));

        assertThat(reader.read()).isEqualTo(200);
        assertThat(reader.body()).isEqualTo("{\"a\":\"0123456\"}");
        assertThat(reader.read()).isEqualTo(201);
        assertThat(new String(reader.field("\"paymentId\":\"".getBytes(UTF_8)), UTF_8))
                .isEqualTo("pay_1");
    }

    @Test
    void a_body_larger_than_any_buffer_is_read_whole() throws IOException {
        String body = "x".repeat(100_000);
        AnswerReader reader =
                reader("HTTP/1.1 200 \r\nContent-Length: 100000\r\n\r\n" + body + WITH_LENGTH);

        assertThat(reader.read()).isEqualTo(200);
        assertThat(reader.body()).isEqualTo(body);
        assertThat(reader.read()).isEqualTo(201);
    }

    @Test
    void the_last_answer_on_a_connection_says_so() throws IOException {
        AnswerReader reader =
                reader("HTTP/1.1 204 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

        assertThat(reader.read()).isEqualTo(204);
        assertThat(reader.isLast()).isTrue();
    }

    @Test
    void a_connection_that_ends_in_the_middle_is_an_error() {
        AnswerReader reader = reader(WITH_LENGTH.substring(0, WITH_LENGTH.length() - 1));

        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }

    private static InputStream oneByOne(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(1, length));
            }
        };
    }
}
