package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
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

    AccessInterceptor(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().startsWith("jp.hashimo")
                || method.hasMethodAnnotation(Anyone.class)) {
            return true;
        }
        Caller caller = Callers.current().orElseThrow(() -> Problem.of(401, "unauthenticated"));
        May may = method.getMethodAnnotation(May.class);
        if (may == null || Arrays.stream(may.value()).noneMatch(caller::is)) {
            throw Problem.forbidden();
        }
        if (onlyAsSupport(caller, may)) {
            logReason(caller, request);
        }
        return true;
    }

    private static boolean onlyAsSupport(Caller caller, May may) {
        return Arrays.stream(may.value()).filter(caller::is).allMatch(Role.SUPPORT::equals);
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
