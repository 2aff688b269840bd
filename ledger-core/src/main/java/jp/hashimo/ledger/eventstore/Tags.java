package jp.hashimo.ledger.eventstore;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.axonframework.messaging.eventstreaming.Tag;

/** Tags as the log writes them: {@code key:value}. */
final class Tags {
    private Tags() {}

    /** A key must not have a colon, or two different tags could be written alike. */
    static String print(Tag tag) {
        if (tag.key().indexOf(':') >= 0) {
            throw new IllegalArgumentException("a tag's key must not contain a colon: " + tag);
        }
        return tag.key() + ':' + tag.value();
    }

    /** In alphabetical order, so that equal sets are written alike. */
    static List<String> print(Set<Tag> tags) {
        return tags.stream().map(Tags::print).sorted().toList();
    }

    /** The text form of a PostgreSQL array, which can hold lists of different lengths. */
    static String arrayLiteral(Collection<String> texts) {
        StringBuilder literal = new StringBuilder("{");
        for (String text : texts) {
            if (literal.length() > 1) {
                literal.append(',');
            }
            literal.append('"');
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
