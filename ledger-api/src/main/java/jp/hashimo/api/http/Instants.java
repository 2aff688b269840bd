package jp.hashimo.api.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Instants as callers write them: ISO 8601 with an offset. */
public final class Instants {
    /** Beyond these the calendar of the database, or of whoever shows them, gives up. */
    private static final int FIRST_YEAR = 1;

    private static final int LAST_YEAR = 9998;

    private Instants() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none, or of a year nobody can mean
     */
    public static Instant parse(String text) {
        try {
            OffsetDateTime at = OffsetDateTime.parse(text);
            if (at.getYear() >= FIRST_YEAR && at.getYear() <= LAST_YEAR) {
                return at.toInstant();
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not an instant with an offset: " + text, e);
        }
        throw new IllegalArgumentException("not a year anybody means: " + text);
    }
}
