package jp.hashimo.api.http;

/**
 * What a call answers when it took effect: a pure function of the facts it left, so that a
 * repetition is answered the same.
 */
public record Answer(int status, Object body) {

    public static Answer created(Object body) {
        return new Answer(201, body);
    }

    public static Answer ok(Object body) {
        return new Answer(200, body);
    }

    /** It waits for somebody else. */
    public static Answer accepted(Object body) {
        return new Answer(202, body);
    }
}
