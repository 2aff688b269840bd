package jp.hashimo.ledger.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.Tag;

/** Tags as they are printed, {@code key:value}, and as the log keeps them. */
final class Tags {
    private Tags() {}

    /** A key must not have a colon, or two different tags could be written alike. */
    static String print(Tag tag) {
        if (tag.key().indexOf(':') >= 0) {
            throw new IllegalArgumentException("a tag's key must not contain a colon: " + tag);
        }
        return tag.key() + ':' + tag.value();
    }

    /** In the alphabetical order of the printed tags, so that equal sets are written alike. */
    static List<UUID> keys(Set<Tag> tags) {
        return keys(tags.stream().map(Tags::print).toList());
    }

    /** As {@link #keys(Set)}, of printed tags. */
    static List<UUID> keys(Collection<String> printed) {
        return printed.stream().sorted().distinct().map(TagKey::of).toList();
    }

    /** The text form of a PostgreSQL array, which can hold lists of different lengths. */
    static String arrayLiteral(Collection<?> values) {
        StringBuilder literal = new StringBuilder("{");
        for (Object value : values) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            literal.append('"');
            String text = value.toString();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    literal.append('\\');
                }
                literal.append(c);
            }
            literal.append('"');
        }
        return literal.append('}').toString();
    }
}
