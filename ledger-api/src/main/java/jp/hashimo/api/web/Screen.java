package jp.hashimo.api.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.hashimo.api.http.Callers;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/** What every page knows, for the layout to ask. */
@Component("screen")
public class Screen {
    /** Messages that begin so are for scripts. */
    static final String SPOKEN_BY_SCRIPTS = "say.";

    private final MessageSource messages;
    private final JsonMapper json;
    private final List<String> spoken;

    Screen(MessageSource messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
        this.spoken =
                ResourceBundle.getBundle(
                                "web",
                                Locale.ROOT,
                                ResourceBundle.Control.getNoFallbackControl(
                                        ResourceBundle.Control.FORMAT_PROPERTIES))
                        .keySet()
                        .stream()
                        .filter(key -> key.startsWith(SPOKEN_BY_SCRIPTS))
                        .toList();
    }

    /** The language of the page's text. */
    public String language(Locale locale) {
        return Wording.of(locale).language();
    }

    /** The ways it could speak instead. */
    public List<Wording> otherWordings(Locale locale) {
        return Arrays.stream(Wording.values()).filter(w -> w != Wording.of(locale)).toList();
    }

    /** Where a choice of wording leads back to: the page at hand. */
    public String here() {
        return path();
    }

    /** What scripts may have to say, as JSON. */
    public String words(Locale locale) {
        Map<String, String> words =
                spoken.stream()
                        .collect(
                                Collectors.toMap(
                                        key -> key.substring(SPOKEN_BY_SCRIPTS.length()),
                                        key -> messages.getMessage(key, null, locale),
                                        (first, _) -> first,
                                        TreeMap::new));
        return json.writeValueAsString(words);
    }

    public boolean isSignedIn() {
        return Callers.current().isPresent();
    }

    /** The page one's work is on. */
    public String home() {
        return Callers.current().map(Homes::of).orElse("/");
    }

    static String path() {
        var request =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                        .getRequest();
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** A text as part of an address's query. */
    static String inQuery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
