package jp.hashimo.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import jp.hashimo.ledger.eventstore.EventLog;
import jp.hashimo.ledger.eventstore.LogUnreadable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem details (RFC 9457) in the language asked for, Japanese unless it is English. */
@Component
public class ProblemWriter {
    private final MessageSource messages;
    private final JsonMapper json;
    private final EventLog log;

    ProblemWriter(MessageSource messages, JsonMapper json, EventLog log) {
        this.messages = messages;
        this.json = json;
        this.log = log;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        Locale locale = Languages.of(request);
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Content-Language", locale.toLanguageTag());
        problem.retryAfterSeconds()
                .ifPresent(seconds -> response.setHeader("Retry-After", Long.toString(seconds)));
        if (!"GET".equals(request.getMethod())) {
            position(problem)
                    .ifPresent(
                            judged -> response.setHeader("Ledger-Position", Long.toString(judged)));
        }
        response.getOutputStream()
                .write(json.writeValueAsBytes(document(problem, request.getRequestURI(), locale)));
    }

    /** Where the log stands; left out rather than guessed when the database cannot be asked. */
    private OptionalLong position(Problem problem) {
        if (problem.position().isPresent()) {
            return problem.position();
        }
        try {
            return OptionalLong.of(log.head());
        } catch (LogUnreadable e) {
            return OptionalLong.empty();
        }
    }

    private Map<String, @Nullable Object> document(
            Problem problem, String instance, Locale locale) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("type", "/problems/" + problem.slug());
        document.put("title", text(problem, "title", locale));
        document.put("status", problem.status());
        document.put("detail", text(problem, "detail", locale));
        document.put("instance", instance);
        document.putAll(problem.fields());
        return document;
    }

    /** Numbers of the problem stand in the text by name: {@code {remaining}}. */
    private String text(Problem problem, String part, Locale locale) {
        String text = messages.getMessage("problem." + problem.slug() + "." + part, null, locale);
        for (var field : problem.fields().entrySet()) {
            text =
                    text.replace(
                            "{" + field.getKey() + "}", Languages.print(field.getValue(), locale));
        }
        return text;
    }
}
