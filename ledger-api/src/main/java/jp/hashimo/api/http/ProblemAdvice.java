package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import jp.hashimo.ledger.eventstore.LedgerOverloaded;
import jp.hashimo.ledger.eventstore.LogUnreadable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** Turns whatever goes wrong into a problem document. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter problems;

    ProblemAdvice(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void handle(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(request, response, problem);
    }

    @ExceptionHandler
    void handle(
            HttpMessageNotReadableException e,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        problems.write(request, response, Problem.malformed(pointer(e.getCause())));
    }

    @ExceptionHandler
    void handle(
            MethodArgumentTypeMismatchException e,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        // An id that cannot be one names nothing.
        boolean inPath = e.getParameter().hasParameterAnnotation(PathVariable.class);
        problems.write(
                request,
                response,
                inPath ? Problem.notFound() : Problem.malformed("/" + e.getName()));
    }

    @ExceptionHandler
    void handle(
            MissingServletRequestParameterException e,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        problems.write(request, response, Problem.malformed("/" + e.getParameterName()));
    }

    @ExceptionHandler
    void handle(
            HttpMediaTypeNotSupportedException e,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        problems.write(request, response, Problem.of(415, "unsupported-media-type"));
    }

    @ExceptionHandler
    void handle(
            NoResourceFoundException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(request, response, Problem.notFound());
    }

    @ExceptionHandler
    void handle(LedgerOverloaded e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(request, response, Problem.of(503, "overloaded").retryAfter(1));
    }

    /**
     * No connection was to be had, or it broke while reading: nothing has happened, and it passes.
     */
    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        TransactionException.class,
        LogUnreadable.class
    })
    void handleDatabase(
            RuntimeException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LOG.warn("{} {} found no database", request.getMethod(), request.getRequestURI(), e);
        problems.write(request, response, Problem.of(503, "overloaded").retryAfter(1));
    }

    @ExceptionHandler
    void handle(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("A caller left before the answer; there is nobody to tell", e);
            return;
        }
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            int status = known.getStatusCode().value();
            problems.write(
                    request,
                    response,
                    status == 404
                            ? Problem.notFound()
                            : Problem.of(status, "malformed-request").with("pointer", ""));
            return;
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        problems.write(request, response, Problem.of(500, "internal-error"));
    }

    private static String pointer(@Nullable Throwable cause) {
        if (!(cause instanceof DatabindException bad)) {
            return "";
        }
        var pointer = new StringBuilder();
        for (JacksonException.Reference step : bad.getPath()) {
            pointer.append('/')
                    .append(
                            step.getPropertyName() == null
                                    ? step.getIndex()
                                    : step.getPropertyName());
        }
        return pointer.toString();
    }
}
