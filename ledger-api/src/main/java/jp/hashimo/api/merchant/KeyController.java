package jp.hashimo.api.merchant;

import java.time.Instant;
import java.util.List;
import jp.hashimo.api.http.Anyone;
import jp.hashimo.gateway.PublishedKey;
import jp.hashimo.gateway.SigningKeys;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys by which anybody can prove a store's code (RFC 7517, RFC 8037). */
@RestController
class KeyController {
    private final SigningKeys keys;

    KeyController(SigningKeys keys) {
        this.keys = keys;
    }

    record KeySet(List<Key> keys) {}

    /**
     * One key.
     *
     * @param kid the number that stands in the codes
     * @param validUntil the first instant at which it signs nothing more; what it signed stays good
     */
    record Key(
            String kty,
            String crv,
            String use,
            String alg,
            String kid,
            String x,
            Instant validFrom,
            Instant validUntil) {
        static Key of(PublishedKey key) {
            return new Key(
                    "OKP",
                    "Ed25519",
                    "sig",
                    "EdDSA",
                    Integer.toString(key.kid()),
                    key.x(),
                    key.validFrom(),
                    key.validUntil());
        }
    }

    @GetMapping("/.well-known/hashimo/keys")
    @Anyone
    KeySet keys() {
        return new KeySet(keys.published().stream().map(Key::of).toList());
    }
}
