package jp.hashimo.gateway;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service's signing keys: the newest that is valid signs, and every known one verifies.
 *
 * <p>To rotate, {@link #prepareNext} publishes a key before its first use; both are then active. To
 * withdraw a key, and with it everything it signed, rename its file {@code signing-001.key} to
 * {@code signing-001.withdrawn} and start again: the number is not given a second time.
 *
 * <p>Validity follows the wall clock of the machine, never the ledger's.
 */
public final class SigningKeys {
    /** How long a key signs; two years of 365 days. */
    public static final Duration SIGNING_PERIOD = Duration.ofDays(730);

    private static final int LAST_KID = 255;
    private static final Pattern KEY = Pattern.compile("signing-([0-9]{3})\\.key");
    private static final Pattern NUMBERED = Pattern.compile("signing-([0-9]{3})\\..*");

    private final KeyFolder folder;
    private final InstantSource wallClock;
    private volatile Map<Integer, SigningKey> keys;

    private SigningKeys(KeyFolder folder, InstantSource wallClock, Map<Integer, SigningKey> keys) {
        this.folder = folder;
        this.wallClock = wallClock;
        this.keys = keys;
    }

    /**
     * Reads the keys of a folder; when none of them signs now, as at the first start, makes one.
     *
     * @throws KeysUnusable when others can read the folder or a key, or a key file is damaged
     */
    public static SigningKeys open(Path folder, InstantSource wallClock) {
        KeyFolder opened = KeyFolder.open(folder);
        Map<Integer, SigningKey> found = new TreeMap<>();
        for (String name : opened.names()) {
            Matcher key = KEY.matcher(name);
            if (key.matches()) {
                int kid = Integer.parseInt(key.group(1));
                found.put(kid, load(opened, kid, opened.read(name)));
            }
        }
        SigningKeys keys = new SigningKeys(opened, wallClock, Map.copyOf(found));
        SigningKey _ = keys.current();
        return keys;
    }

    /** The key that signs now: of the valid ones the one that began last. */
    public SigningKey current() {
        Instant now = wallClock.instant();
        return signingAt(now).orElseGet(() -> makeCurrent(now));
    }

    /**
     * The key of a number, whether or not it still signs. A key that another node has made since we
     * started is found at its first use.
     */
    public Optional<SigningKey> key(int kid) {
        SigningKey known = keys.get(kid);
        if (known == null && kid > 0 && kid <= LAST_KID && folder.has(nameOf(kid))) {
            try {
                return Optional.of(remember(load(folder, kid, folder.read(nameOf(kid)))));
            } catch (KeysUnusable e) {
                // A file damaged while we run must not take the reading of all other codes down;
                // the next start refuses it aloud.
                return Optional.empty();
            }
        }
        return Optional.ofNullable(known);
    }

    /** All known keys by number, for a JWK set. */
    public List<PublishedKey> published() {
        return keys.values().stream()
                .map(SigningKey::published)
                .sorted(Comparator.comparingInt(PublishedKey::kid))
                .toList();
    }

    /**
     * Makes the next key, which will sign from {@code validFrom} on. Choose a time ahead, so that
     * every node and every outside verifier knows the key before it is used. When another node has
     * made one in the meantime, that one is the answer and no further key appears.
     */
    public synchronized PublishedKey prepareNext(Instant validFrom) {
        return make(validFrom).published();
    }

    private Optional<SigningKey> signingAt(Instant now) {
        return keys.values().stream()
                .filter(key -> key.signsAt(now))
                .max(Comparator.comparing(SigningKey::validFrom).thenComparingInt(SigningKey::kid));
    }

    private synchronized SigningKey makeCurrent(Instant now) {
        // It begins the day before, so that a node whose clock lags a little does not make its own.
        Instant validFrom = now.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
        Optional<SigningKey> signing = signingAt(now);
        while (signing.isEmpty()) {
            // What another node made under this number may begin later; then the next number is
            // tried.
            make(validFrom);
            signing = signingAt(now);
        }
        return signing.get();
    }

    private SigningKey make(Instant validFrom) {
        int kid = nextKid();
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        SigningKey fresh = new SigningKey(kid, validFrom, validFrom.plus(SIGNING_PERIOD), seed);
        return remember(load(folder, kid, folder.createOnce(nameOf(kid), fresh.toFile())));
    }

    private int nextKid() {
        int last = keys.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (String name : folder.names()) {
            Matcher numbered = NUMBERED.matcher(name);
            // A number seen only as a key file is one that another node has just made: take that.
            if (numbered.matches() && !KEY.matcher(name).matches()) {
                last = Math.max(last, Integer.parseInt(numbered.group(1)));
            }
        }
        if (last >= LAST_KID) {
            throw new KeysUnusable("All 255 numbers for signing keys have been used.");
        }
        return last + 1;
    }

    private synchronized SigningKey remember(SigningKey key) {
        Map<Integer, SigningKey> more = new TreeMap<>(keys);
        more.put(key.kid(), key);
        keys = Map.copyOf(more);
        return key;
    }

    private static SigningKey load(KeyFolder folder, int kid, byte[] content) {
        SigningKey key = SigningKey.fromFile(content);
        if (key == null || key.kid() != kid || kid < 1 || kid > LAST_KID) {
            throw new KeysUnusable(
                    "%s is not a signing key; restore it from a backup or move it away."
                            .formatted(folder.locate(nameOf(kid))));
        }
        return key;
    }

    private static String nameOf(int kid) {
        return String.format(Locale.ROOT, "signing-%03d.key", kid);
    }
}
