package jp.hashimo.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The text form of EMVCo's merchant-presented codes: an id of two digits, a length of two digits,
 * and that many characters. Characters are counted, not bytes, so メルペイ カフェ has length 08.
 */
public final class EmvTlv {
    /** The longest value of one field, in characters. */
    public static final int LONGEST_VALUE = 99;

    private static final int HEAD = 4;

    private EmvTlv() {}

    /**
     * One data object, or one inside a template.
     *
     * @param id {@code 00} to {@code 99}
     * @param value 1 to 99 characters
     */
    public record Field(String id, String value) {
        public Field {
            if (id.length() != 2 || number(id, 0) < 0) {
                throw new IllegalArgumentException("an EMV id is two digits: " + id);
            }
            int length = value.codePointCount(0, value.length());
            if (length < 1 || length > LONGEST_VALUE) {
                throw new IllegalArgumentException(
                        "the value of EMV field %s has %s characters, not 1 to 99"
                                .formatted(id, length));
            }
        }

        /** A template: its value is a list of fields again. */
        public static Field template(String id, List<Field> fields) {
            return new Field(id, write(fields));
        }

        private String written() {
            return id
                    + String.format(Locale.ROOT, "%02d", value.codePointCount(0, value.length()))
                    + value;
        }
    }

    /** The fields one after the other, in the order given. */
    public static String write(List<Field> fields) {
        StringBuilder text = new StringBuilder();
        for (Field field : fields) {
            text.append(field.written());
        }
        return text.toString();
    }

    /**
     * The fields of a text, or empty when it is not such a text: cut short, a length of 00, an id
     * twice, or half a character. An id that came twice would let two readers see two stores.
     */
    public static Optional<List<Field>> read(String text) {
        List<Field> fields = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int at = 0;
        while (at < text.length()) {
            int length = at + HEAD <= text.length() ? number(text, at + 2) : -1;
            int end = length < 1 ? -1 : after(text, at + HEAD, length);
            if (end < 0 || number(text, at) < 0 || !ids.add(text.substring(at, at + 2))) {
                return Optional.empty();
            }
            fields.add(new Field(text.substring(at, at + 2), text.substring(at + HEAD, end)));
            at = end;
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(fields));
    }

    /** The value of a field, when it is there. */
    public static Optional<String> value(List<Field> fields, String id) {
        return fields.stream().filter(field -> field.id().equals(id)).map(Field::value).findFirst();
    }

    /**
     * CRC-16 with polynomial 0x1021, begun with 0xFFFF, not reflected, of the text in UTF-8;
     * printed as four hexadecimal digits in upper case.
     */
    public static String crc(String text) {
        int crc = 0xFFFF;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (octet & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xFFFF;
        }
        return String.format(Locale.ROOT, "%04X", crc);
    }

    /** The index after {@code length} whole characters, or -1 when there are fewer. */
    private static int after(String text, int start, int length) {
        int at = start;
        for (int i = 0; i < length; i++) {
            if (at >= text.length()) {
                return -1;
            }
            int codePoint = text.codePointAt(at);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return -1;
            }
            at += Character.charCount(codePoint);
        }
        return at;
    }

    /** The two ASCII digits at an index, or -1 when they are no such digits. */
    private static int number(String text, int at) {
        int tens = text.charAt(at) - '0';
        int ones = text.charAt(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
    }
}
