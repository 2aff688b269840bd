package jp.hashimo.api.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import jp.hashimo.api.http.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows a person a page where a program gets a problem document: whoever is not signed in is led to
 * the door, and everything else is said calmly.
 */
@Component
class PageFailures implements HandlerExceptionResolver, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(PageFailures.class);
    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/v3/", "/actuator/");

    private final ProblemTexts texts;
    private final LocaleResolver locales;

    PageFailures(ProblemTexts texts, LocaleResolver locales) {
        this.texts = texts;
        this.locales = locales;
    }

    /** Before the one that writes problem documents. */
    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception e) {
        if (!isAPersons(request)) {
            return null;
        }
        if (e instanceof Problem problem) {
            return problem.status() == 401
                    ? new ModelAndView("redirect:/login?to=" + Screen.inQuery(Screen.path()))
                    : page(request, problem.status(), problem.slug());
        }
        if (e instanceof MethodArgumentTypeMismatchException) {
            return page(request, 404, "not-found");
        }
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            HttpStatusCode status = known.getStatusCode();
            return page(
                    request,
                    status.value(),
                    status.isSameCodeAs(HttpStatus.NOT_FOUND) ? "not-found" : "malformed-request");
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return page(request, 500, "internal-error");
    }

    /**
     * Browsers ask for HTML by name when a person opens an address, scripts and programs do not.
     */
    private static boolean isAPersons(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && FOR_PROGRAMS.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    private ModelAndView page(HttpServletRequest request, int status, String slug) {
        var shown = texts.find(slug, locales.resolveLocale(request));
        return new ModelAndView(
                "problem",
                Map.of("texts", shown.orElseThrow(), "slug", slug),
                HttpStatusCode.valueOf(status));
    }
}
