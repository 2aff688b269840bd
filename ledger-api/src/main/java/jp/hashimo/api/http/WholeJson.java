package jp.hashimo.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers JSON whole, with its length: head and body leave in one packet, where an answer of
 * unknown length takes two. Nothing we answer in JSON is large; lists come in pages.
 */
final class WholeJson extends JacksonJsonHttpMessageConverter {
    private static final int USUAL = 1024;

    WholeJson(JsonMapper mapper) {
        super(mapper);
    }

    @Override
    protected void writeInternal(
            Object body,
            ResolvableType type,
            HttpOutputMessage answer,
            @Nullable Map<String, Object> hints)
            throws IOException {
        var whole = new Buffered(answer.getHeaders(), new ByteArrayOutputStream(USUAL));
        super.writeInternal(body, type, whole, hints);
        answer.getHeaders().setContentLength(whole.bytes().size());
        whole.bytes().writeTo(answer.getBody());
    }

    private record Buffered(HttpHeaders headers, ByteArrayOutputStream bytes)
            implements HttpOutputMessage {
        @Override
        public OutputStream getBody() {
            return bytes;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
