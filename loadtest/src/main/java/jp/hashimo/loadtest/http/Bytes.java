package jp.hashimo.loadtest.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A part of a request as it goes over the wire, made once and sent many times. */
final class Bytes {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    static Bytes of(String text) {
        return new Bytes(text.getBytes(US_ASCII));
    }

    /** A JSON body with the headers that announce it, from the line end of what is before. */
    static Bytes body(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return of("\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes.length
                        + "\r\n\r\n")
                .and(bytes);
    }

    Bytes and(Bytes more) {
        return and(more.content);
    }

    private Bytes and(byte[] more) {
        byte[] both = Arrays.copyOf(content, content.length + more.length);
        System.arraycopy(more, 0, both, content.length, more.length);
        return new Bytes(both);
    }

    int length() {
        return content.length;
    }

    void copyTo(byte[] target, int at) {
        System.arraycopy(content, 0, target, at, content.length);
    }
}
