package jp.hashimo.api.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import jp.hashimo.api.http.Languages;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** A page speaks as its reader chose last; before any choice, as the browser asks. */
@Configuration(proxyBeanMethods = false)
class WordingWiring {
    static final String COOKIE = "hashimo-words";

    @Bean
    LocaleResolver localeResolver() {
        return new ByChoice();
    }

    private static final class ByChoice implements LocaleResolver {

        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            Cookie choice = WebUtils.getCookie(request, COOKIE);
            return choice == null
                    ? Languages.of(request)
                    : Wording.ofCode(choice.getValue())
                            .map(Wording::locale)
                            .orElseGet(() -> Languages.of(request));
        }

        @Override
        public void setLocale(
                HttpServletRequest request,
                @Nullable HttpServletResponse response,
                @Nullable Locale locale) {
            throw new UnsupportedOperationException("the choice is made by " + COOKIE);
        }
    }
}
