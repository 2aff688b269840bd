package jp.hashimo.api.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jp.hashimo.gateway.QrImage;

/** What a camera sees that is held over a code, as YUV4MPEG2. */
final class Film {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int MODULE = 8;
    private static final int FRAMES = 4;
    private static final byte DARK = 24;
    private static final byte LIGHT = (byte) 235;

    private Film() {}

    static Path of(String code, Path file) throws IOException {
        byte[] frame = frame(QrImage.of(code, QrImage.Level.M));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ascii("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F15:1 Ip A1:1 C420jpeg\n"));
            for (int i = 0; i < FRAMES; i++) {
                out.write(ascii("FRAME\n"));
                out.write(frame);
            }
        }
        return file;
    }

    /** Brightness for each pixel, then no colour for each four. */
    private static byte[] frame(QrImage image) {
        byte[] frame = new byte[WIDTH * HEIGHT * 3 / 2];
        Arrays.fill(frame, 0, WIDTH * HEIGHT, LIGHT);
        Arrays.fill(frame, WIDTH * HEIGHT, frame.length, (byte) 128);
        int left = (WIDTH - image.size() * MODULE) / 2;
        int top = (HEIGHT - image.size() * MODULE) / 2;
        for (int y = 0; y < image.size() * MODULE; y++) {
            for (int x = 0; x < image.size() * MODULE; x++) {
                if (image.isDark(x / MODULE, y / MODULE)) {
                    frame[(top + y) * WIDTH + left + x] = DARK;
                }
            }
        }
        return frame;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
