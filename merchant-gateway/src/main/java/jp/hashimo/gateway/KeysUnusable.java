package jp.hashimo.gateway;

/**
 * The key folder cannot be used as it is, and the service does not start: the message is one
 * sentence for whoever runs it. It names files and never what is in them.
 */
public final class KeysUnusable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public KeysUnusable(String sentence) {
        super(sentence);
    }

    public KeysUnusable(String sentence, Exception cause) {
        super(sentence, cause);
    }
}
