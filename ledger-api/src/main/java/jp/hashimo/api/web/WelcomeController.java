package jp.hashimo.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Callers;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What this is, and the door. */
@Controller
@Hidden
class WelcomeController {
    private final boolean demo;

    WelcomeController(Environment environment) {
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    @GetMapping("/")
    @Anyone
    String welcome(Model model) {
        model.addAttribute("demo", demo).addAttribute("to", "");
        return "welcome";
    }

    /** Whoever is signed in already is not asked again. */
    @GetMapping("/login")
    @Anyone
    String login(@RequestParam(defaultValue = "") String to, Model model) {
        if (Callers.current().isPresent()) {
            return "redirect:" + Homes.of(Callers.current().get());
        }
        model.addAttribute("to", to.isEmpty() ? "" : OwnPath.orHome(to));
        return "login";
    }
}
