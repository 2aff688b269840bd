package jp.hashimo.gateway;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.List;
import java.util.Optional;

/**
 * The QR code of a text. The correction level asked for is the least one gets: what fits without a
 * larger code is given.
 */
public final class QrImage {
    /** The light margin on each side, in modules; the standard asks for four. */
    public static final int QUIET_ZONE = 4;

    /** How much of the image may be dirty: about 7, 15, 25 and 30 parts of a hundred. */
    public enum Level {
        L(QrCode.Ecc.LOW),
        /** For screens. */
        M(QrCode.Ecc.MEDIUM),
        /** For stickers. */
        Q(QrCode.Ecc.QUARTILE),
        H(QrCode.Ecc.HIGH);

        private final QrCode.Ecc correction;

        Level(QrCode.Ecc correction) {
            this.correction = correction;
        }
    }

    private final QrCode code;

    private QrImage(QrCode code) {
        this.code = code;
    }

    /** The smallest code of a text; {@link IllegalArgumentException} above version 40. */
    public static QrImage of(String text, Level level) {
        return within(text, level, QrCode.MAX_VERSION)
                .orElseThrow(() -> new IllegalArgumentException("too long for a QR code"));
    }

    /** The code of a text, unless it needs a version above the given one. */
    public static Optional<QrImage> within(String text, Level level, int largestVersion) {
        List<QrSegment> segments = QrSegment.makeSegments(text);
        try {
            return Optional.of(
                    new QrImage(
                            QrCode.encodeSegments(
                                    segments,
                                    level.correction,
                                    QrCode.MIN_VERSION,
                                    largestVersion,
                                    -1,
                                    true)));
        } catch (DataTooLongException e) {
            return Optional.empty();
        }
    }

    /**
     * The code for a sticker: level Q, or M where Q would need more than version 10. Beyond that
     * the modules of a small sticker are too fine for old cameras, and dirt is the lesser evil.
     */
    public static QrImage forSticker(String text) {
        return within(text, Level.Q, 10).orElseGet(() -> of(text, Level.M));
    }

    /** 1 to 40. */
    public int version() {
        return code.version;
    }

    /** The level reached, at least the one asked for. */
    public Level level() {
        return switch (code.errorCorrectionLevel) {
            case LOW -> Level.L;
            case MEDIUM -> Level.M;
            case QUARTILE -> Level.Q;
            case HIGH -> Level.H;
        };
    }

    /** Modules on each side, without the quiet zone. */
    public int size() {
        return code.size;
    }

    /** Whether a module is dark; outside the code all is light. */
    public boolean isDark(int x, int y) {
        return code.getModule(x, y);
    }

    /**
     * The image as SVG that stands alone: no script, style or reference, one unit a module. {@code
     * title} is what a screen reader says.
     */
    public String svg(String title) {
        int side = code.size + 2 * QUIET_ZONE;
        String spoken = escaped(title);
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %1$s" role="img" aria-label="%2$s" shape-rendering="crispEdges">\
        <title>%2$s</title>\
        <rect width="%1$s" height="%1$s" fill="#fff"/>\
        <path d="%3$s" fill="#000"/>\
        </svg>
        """
                .formatted(side, spoken, path());
    }

    /** One rectangle for each run of dark modules in a row. */
    private String path() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int end = x;
                while (isDark(end, y)) {
                    end++;
                }
                if (end > x) {
                    path.append('M')
                            .append(x + QUIET_ZONE)
                            .append(' ')
                            .append(y + QUIET_ZONE)
                            .append('h')
                            .append(end - x)
                            .append("v1h-")
                            .append(end - x)
                            .append('z');
                }
                x = end + 1;
            }
        }
        return path.toString();
    }

    /** Characters that XML does not allow at all become the replacement character. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> safe.append("&amp;");
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '"' -> safe.append("&quot;");
                        default -> safe.appendCodePoint(isXml(c) ? c : 0xFFFD);
                    }
                });
        return safe.toString();
    }

    private static boolean isXml(int c) {
        return (c >= ' ' && c < Character.MIN_SURROGATE)
                || (c > Character.MAX_SURROGATE && c < 0xFFFE)
                || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
