package jp.hashimo.ledger.decision;

/**
 * The events that carry one tag.
 *
 * @param key the tag's name, such as {@code wallet}; without a colon
 * @param value the tag's value, as the id prints itself
 */
public record Facts(String key, String value) {
    public static Facts of(String key, Object value) {
        return new Facts(key, value.toString());
    }

    /** As the log writes it: key, colon, value. */
    public String tag() {
        return key + ':' + value;
    }
}
