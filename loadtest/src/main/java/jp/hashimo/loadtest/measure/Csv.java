package jp.hashimo.loadtest.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How figures and texts stand in a file that machines read. */
final class Csv {
    private Csv() {}

    /** Empty for no figure, no exponent, at most four decimals. */
    static String plain(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(4, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                : "";
    }

    /** In one line, whatever was said. */
    static String quoted(String text) {
        String line = text.replaceAll("\\R", " ");
        return line.matches("[^,\"]*") ? line : '"' + line.replace("\"", "\"\"") + '"';
    }
}
