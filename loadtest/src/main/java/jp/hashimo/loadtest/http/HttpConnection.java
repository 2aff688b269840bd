package jp.hashimo.loadtest.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;

/**
 * A kept connection to the service, opened anew when the service ends it, as a server does after
 * some requests. A request is put together from bytes that are ready, and sent at once; there is
 * never more than one under way.
 */
final class HttpConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final byte[] HEX = AnswerReader.ascii("0123456789abcdef");

    private final InetSocketAddress service;
    private Socket socket;
    private OutputStream out;
    private AnswerReader answers;
    private byte[] request = new byte[2 << 10];
    private int length;

    HttpConnection(URI service) throws IOException {
        this.service = new InetSocketAddress(service.getHost(), service.getPort());
        this.socket = open();
        this.out = socket.getOutputStream();
        this.answers = new AnswerReader(socket.getInputStream());
    }

    private Socket open() throws IOException {
        var opened = new Socket();
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(PATIENCE_MILLIS);
        opened.connect(service, PATIENCE_MILLIS);
        return opened;
    }

    /** Begins a request. */
    HttpConnection with(Bytes start) {
        length = 0;
        return and(start);
    }

    HttpConnection and(Bytes more) {
        room(more.length());
        more.copyTo(request, length);
        length += more.length();
        return this;
    }

    HttpConnection and(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, request, length, more.length);
        length += more.length;
        return this;
    }

    private void room(int more) {
        if (request.length < length + more) {
            request = Arrays.copyOf(request, 2 * (length + more));
        }
    }

    /** Sixteen hexadecimal digits. */
    HttpConnection andHex(long number) {
        byte[] digits = new byte[16];
        for (int i = 0; i < 16; i++) {
            digits[i] = HEX[(int) (number >>> (60 - 4 * i)) & 15];
        }
        return and(digits);
    }

    /**
     * Sends it and waits for the answer.
     *
     * @return its status
     */
    int send() throws IOException {
        if (answers.isLast()) {
            socket.close();
            socket = open();
            out = socket.getOutputStream();
            answers = new AnswerReader(socket.getInputStream());
        }
        out.write(request, 0, length);
        return answers.read();
    }

    /** What was answered last. */
    AnswerReader answer() {
        return answers;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
