package jp.hashimo.api.config;

import org.jspecify.annotations.Nullable;

/**
 * The service cannot start, and the message tells the operator why and what to do, in one sentence.
 */
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartRefused(String sentence) {
        this(sentence, null);
    }

    public StartRefused(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
