package jp.hashimo.api.staff;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import jp.hashimo.api.identity.Accounts;
import jp.hashimo.api.identity.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A new installation has no login. Whoever can read the service's console proves by a code shown
 * there that the installation is theirs, once; another start shows another code.
 */
@Component
class FirstAdministrator {
    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);

    /** Without letters that look like digits. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static final int LENGTH = 20;

    private final Accounts accounts;
    final String code;

    FirstAdministrator(Accounts accounts) {
        this.accounts = accounts;
        this.code =
                new SecureRandom()
                        .ints(LENGTH, 0, ALPHABET.length())
                        .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
                        .collect(Collectors.joining());
    }

    boolean isProvenBy(String shown) {
        boolean right =
                MessageDigest.isEqual(
                        code.getBytes(StandardCharsets.US_ASCII),
                        shown.getBytes(StandardCharsets.UTF_8));
        return right && !accounts.anyoneIs(Role.ADMIN);
    }

    /** After a demo town, which has an administrator, was settled. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    void show() {
        if (!accounts.anyoneIs(Role.ADMIN)) {
            LOG.info("There is no administrator yet. The first one is made with the code {}", code);
        }
    }
}
