package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/** The cookie by which a browser is known. No script can read it, and no other site can send it. */
public final class SessionCookie {
    static final String NAME = "hashimo-session";

    private SessionCookie() {}

    /** The session of a request, however it is carried. */
    public static Optional<String> tokenOf(HttpServletRequest request) {
        return SessionFilter.tokenOf(request);
    }

    public static ResponseCookie set(
            HttpServletRequest request, String token, Instant from, Instant until) {
        return cookie(request, token, Duration.between(from, until));
    }

    public static ResponseCookie clear(HttpServletRequest request) {
        return cookie(request, "", Duration.ZERO);
    }

    private static ResponseCookie cookie(HttpServletRequest request, String value, Duration life) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path("/")
                .maxAge(life)
                .build();
    }
}
