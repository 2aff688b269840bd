package jp.hashimo.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import jp.hashimo.api.identity.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows the caller by bearer token or, for browsers, by cookie. */
final class SessionFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SessionFilter.class);

    private final Sessions sessions;
    private final ProblemWriter problems;

    SessionFilter(Sessions sessions, ProblemWriter problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            tokenOf(request)
                    .flatMap(sessions::find)
                    .ifPresent(caller ->
                            SecurityContextHolder.getContext()
                                    .setAuthentication(new Callers.Known(caller)));
        } catch (DataAccessException e) {
            // Who it is cannot be asked just now. That is no reason to take him for nobody.
            LOG.warn("{} {} found no database", request.getMethod(), request.getRequestURI(), e);
            problems.write(request, response, Problem.of(503, "overloaded").retryAfter(1));
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    /**
     * A long answer (server-sent events) is dispatched again when it ends; the caller is still the
     * same.
     */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    static Optional<String> tokenOf(HttpServletRequest request) {
        return bearer(request).or(() -> cookie(request));
    }

    static Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith("Bearer ")
                ? Optional.of(header.substring(7))
                : Optional.empty();
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(c -> c.getName().equals(SessionCookie.NAME))
                        .map(Cookie::getValue)
                        .findFirst();
    }
}
