package jp.hashimo.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.Duration;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Changes how the screens speak, and leads back to the page one came from. */
@Controller
@Hidden
class WordingController {
    private static final Duration REMEMBERED = Duration.ofDays(400);

    @GetMapping("/words/{code}")
    @Anyone
    ResponseEntity<Void> choose(
            @PathVariable String code, @RequestParam(defaultValue = "/") String to) {
        Wording wording = Wording.ofCode(code).orElseThrow(Problem::notFound);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(
                        HttpHeaders.SET_COOKIE,
                        ResponseCookie.from(WordingWiring.COOKIE, wording.code())
                                .path("/")
                                .maxAge(REMEMBERED)
                                .sameSite("Lax")
                                .httpOnly(true)
                                .build()
                                .toString())
                .location(URI.create(OwnPath.orHome(to)))
                .build();
    }
}
