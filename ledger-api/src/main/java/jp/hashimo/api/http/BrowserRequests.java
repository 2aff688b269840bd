package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells requests a browser signs by itself, with its cookie, from those a program signs by hand.
 */
final class BrowserRequests {
    private BrowserRequests() {}

    static boolean carrySession(HttpServletRequest request) {
        return SessionFilter.bearer(request).isEmpty()
                && SessionFilter.tokenOf(request).isPresent();
    }
}
