package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a call pass only if its {@link May} names a role of the caller's; what support reads it must
 * give a reason for.
 */
@Component
class AccessInterceptor implements HandlerInterceptor {
    private final JdbcClient jdbc;
    private final Clock wall = Clock.systemUTC();

    /** Annotations are looked up through interfaces and bridges; once for each call is enough. */
    private final Map<Method, Rule> rules = new ConcurrentHashMap<>();

    AccessInterceptor(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Who may make a call.
     *
     * @param roles null if nobody has to be known for it
     */
    private record Rule(@Nullable Set<Role> roles) {
        static Rule of(HandlerMethod method) {
            if (!method.getBeanType().getPackageName().startsWith("jp.hashimo")
                    || method.hasMethodAnnotation(Anyone.class)) {
                return new Rule(null);
            }
            May may = method.getMethodAnnotation(May.class);
            return new Rule(may == null ? Set.of() : Set.of(may.value()));
        }
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        Set<Role> roles = rules.computeIfAbsent(method.getMethod(), _ -> Rule.of(method)).roles();
        if (roles == null) {
            return true;
        }
        Caller caller = Callers.current().orElseThrow(() -> Problem.of(401, "unauthenticated"));
        if (Collections.disjoint(caller.roles(), roles)) {
            throw Problem.forbidden();
        }
        if (onlyAsSupport(caller, roles)) {
            logReason(caller, request);
        }
        return true;
    }

    private static boolean onlyAsSupport(Caller caller, Set<Role> roles) {
        return caller.is(Role.SUPPORT)
                && caller.roles().stream().filter(roles::contains).allMatch(Role.SUPPORT::equals);
    }

    private void logReason(Caller caller, HttpServletRequest request) {
        String reason = request.getHeader("Access-Reason");
        if (reason == null || reason.isBlank()) {
            throw Problem.of(400, "access-reason-required");
        }
        jdbc.sql("INSERT INTO access_log (at, user_id, path, reason) VALUES (?, ?, ?, ?)")
                .params(
                        wall.instant().atOffset(ZoneOffset.UTC),
                        caller.userId().toString(),
                        request.getRequestURI(),
                        reason)
                .update();
    }
}
