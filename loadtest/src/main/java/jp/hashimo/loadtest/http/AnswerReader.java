package jp.hashimo.loadtest.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the answers on one HTTP/1.1 connection, one after the other, and of each only what a till
 * needs: status, body, and the ledger's position. A body has a {@code Content-Length} or is
 * chunked.
 */
final class AnswerReader {
    private static final byte[] LENGTH = ascii("content-length:");
    private static final byte[] CHUNKED = ascii("transfer-encoding:");
    private static final byte[] CONNECTION = ascii("connection:");
    private static final byte[] CLOSE = ascii(" close");
    private static final byte[] POSITION = ascii("ledger-position:");

    private final InputStream in;
    private byte[] bytes = new byte[8 << 10];

    /** What has arrived and was not looked at yet is between the two. */
    private int next;

    private int end;

    private int status;
    private boolean last;
    private long position;
    private byte[] body = new byte[4 << 10];
    private int bodyLength;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    /**
     * Takes the next answer in; what was known of the last one is forgotten.
     *
     * @return its status
     */
    int read() throws IOException {
        int line = line();
        status = (int) number(line + 9, line + 12);
        position = -1;
        last = false;
        bodyLength = 0;
        long length = 0;
        boolean chunked = false;
        for (int start = line(); next - 2 > start; start = line()) {
            if (begins(start, LENGTH)) {
                length = number(start + LENGTH.length, next - 2);
            } else if (begins(start, POSITION)) {
                position = number(start + POSITION.length, next - 2);
            } else if (begins(start, CHUNKED)) {
                chunked = true;
            } else if (begins(start, CONNECTION)) {
                last = begins(start + CONNECTION.length, CLOSE);
            }
        }
        if (chunked) {
            chunks();
        } else {
            take((int) length);
        }
        return status;
    }

    private void chunks() throws IOException {
        while (true) {
            int start = line();
            int size = 0;
            for (int i = start; i < next - 2 && Character.digit(bytes[i], 16) >= 0; i++) {
                size = 16 * size + Character.digit(bytes[i], 16);
            }
            if (size == 0) {
                // Trailers, of which there are none, and the empty line.
                for (int trailer = line(); next - 2 > trailer; trailer = line()) {}
                return;
            }
            take(size);
            int _ = line();
        }
    }

    /** Moves past the next line end; where the line began. */
    private int line() throws IOException {
        int start = next;
        int seen = start;
        while (true) {
            while (seen < end) {
                if (bytes[seen++] == '\n') {
                    next = seen;
                    return start;
                }
            }
            int moved = fill(start);
            start -= moved;
            seen -= moved;
        }
    }

    private void take(int length) throws IOException {
        if (body.length < bodyLength + length) {
            body = Arrays.copyOf(body, 2 * (bodyLength + length));
        }
        int left = length;
        while (left > 0) {
            if (next == end) {
                int _ = fill(next);
            }
            int some = Math.min(left, end - next);
            System.arraycopy(bytes, next, body, bodyLength, some);
            bodyLength += some;
            next += some;
            left -= some;
        }
    }

    /** Gets more, and keeps everything from {@code start} on; by how much that has moved. */
    private int fill(int start) throws IOException {
        System.arraycopy(bytes, start, bytes, 0, end - start);
        end -= start;
        next -= start;
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * end);
        }
        int got = in.read(bytes, end, bytes.length - end);
        if (got < 0) {
            throw new EOFException("the service has closed the connection");
        }
        end += got;
        return start;
    }

    private boolean begins(int start, byte[] name) {
        if (next - start < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Character.toLowerCase(bytes[start + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int to) throws IOException {
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                number = 10 * number + digit;
            } else if (bytes[i] != ' ') {
                throw new IOException("not HTTP: " + text(from, to));
            }
        }
        return number;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    /** The position the answer is right for, or -1 if it does not say. */
    long position() {
        return position;
    }

    /** Whether the service closes the connection after this answer. */
    boolean isLast() {
        return last;
    }

    String body() {
        return new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    }

    /**
     * A text field of the body without anything escaped in it, such as an id; the first of its
     * name.
     *
     * @param quotedName the name with its quotes, a colon and the opening quote of the value
     */
    byte[] field(byte[] quotedName) throws IOException {
        for (int i = 0; i + quotedName.length < bodyLength; i++) {
            if (Arrays.equals(body, i, i + quotedName.length, quotedName, 0, quotedName.length)) {
                int from = i + quotedName.length;
                int to = from;
                while (to < bodyLength && body[to] != '"') {
                    to++;
                }
                return Arrays.copyOfRange(body, from, to);
            }
        }
        throw new IOException(
                "no " + new String(quotedName, StandardCharsets.UTF_8) + " in " + body());
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
