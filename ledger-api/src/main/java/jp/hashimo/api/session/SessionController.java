package jp.hashimo.api.session;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.api.http.Problem;
import jp.hashimo.api.http.SessionCookie;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Caller;
import jp.hashimo.api.identity.Role;
import jp.hashimo.api.identity.Sessions;
import jp.hashimo.ledger.id.CitizenId;
import jp.hashimo.ledger.id.MerchantId;
import jp.hashimo.ledger.id.WalletId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out. */
@RestController
class SessionController {
    private final Accounts accounts;
    private final Sessions sessions;
    private final Clock wall = Clock.systemUTC();

    SessionController(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    record SignIn(@Nullable String login, @Nullable String password) {}

    record SignedIn(
            String token,
            Instant expiresAt,
            Set<Role> roles,
            @Nullable CitizenId citizenId,
            @Nullable WalletId walletId,
            @Nullable MerchantId merchantId) {}

    /** Programs use the token; a browser gets it as a cookie too, which its scripts cannot read. */
    @PostMapping("/api/v1/sessions")
    @Anyone
    ResponseEntity<SignedIn> signIn(@RequestBody SignIn body, HttpServletRequest request) {
        if (body.login() == null || body.password() == null) {
            throw Problem.malformed(body.login() == null ? "/login" : "/password");
        }
        Caller caller =
                accounts.signIn(body.login(), body.password())
                        .orElseThrow(() -> Problem.of(401, "unauthenticated"));
        Sessions.Opened session = sessions.open(caller);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.SET_COOKIE,
                        SessionCookie.set(
                                        request,
                                        session.token(),
                                        wall.instant(),
                                        session.expiresAt())
                                .toString())
                .body(
                        new SignedIn(
                                session.token(),
                                session.expiresAt(),
                                caller.roles(),
                                caller.citizenId(),
                                caller.walletId(),
                                caller.merchantId()));
    }

    @DeleteMapping("/api/v1/sessions")
    @Anyone
    ResponseEntity<Void> signOut(HttpServletRequest request) {
        SessionCookie.tokenOf(request).ifPresent(sessions::close);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.clear(request).toString())
                .build();
    }
}
