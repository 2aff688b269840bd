package jp.hashimo.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Locale;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page that the type of each problem document leads to. */
@Controller
@Hidden
class ProblemPages {
    private final ProblemTexts texts;

    ProblemPages(ProblemTexts texts) {
        this.texts = texts;
    }

    @GetMapping("/problems/{slug}")
    @Anyone
    String problem(@PathVariable String slug, Locale locale, Model model) {
        model.addAttribute("texts", texts.find(slug, locale).orElseThrow(Problem::notFound))
                .addAttribute("slug", slug);
        return "problem";
    }
}
