package jp.hashimo.api.web;

import static jp.hashimo.api.identity.Role.CITIZEN;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import jp.hashimo.api.http.May;
import jp.hashimo.api.http.Problem;
import jp.hashimo.gateway.QrImage;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Draws a citizen's code for the citizen's own screen. */
@Controller
@Hidden
class QrController {
    private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

    /** EMVCo's longest payload; no code of ours is longer. */
    private static final int LONGEST = 512;

    /** It is not kept anywhere: what it shows is good once, for a minute or two. */
    @GetMapping("/qr.svg")
    @May(CITIZEN)
    ResponseEntity<byte[]> draw(@RequestParam String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw Problem.malformed("/text");
        }
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.noStore())
                .body(QrImage.of(text, QrImage.Level.M).svg("QR").getBytes(StandardCharsets.UTF_8));
    }
}
