package jp.hashimo.ledger.eventstore;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads instants as they print themselves from the year 0 to 9999. Whatever looks different is left
 * to the general parser, which takes many times as long.
 */
final class InstantReader extends ValueDeserializer<Instant> {
    private static final int SECONDS_END = "0000-00-00T00:00:00".length();
    private static final int NANO_DIGITS = 9;

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) {
        Instant printed = in.hasToken(JsonToken.VALUE_STRING) ? printed(in.getString()) : null;
        return printed == null ? InstantDeserializer.INSTANT.deserialize(in, context) : printed;
    }

    private static @Nullable Instant printed(String text) {
        int end = text.length() - 1;
        if (end < SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(end) != 'Z') {
            return null;
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, SECONDS_END),
                            end == SECONDS_END ? 0 : nanos(text, end))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            // Such as 24:00, which the general parser knows.
            return null;
        }
    }

    private static int nanos(String text, int end) {
        int first = SECONDS_END + 1;
        int digits = end - first;
        if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > NANO_DIGITS) {
            throw new DateTimeException("no fraction of a second");
        }
        int nanos = number(text, first, end);
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}
