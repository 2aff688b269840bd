package jp.hashimo.gateway;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a city chooses about its codes.
 *
 * @param baseUrl where citizens reach the service, such as {@code https://pay.example.jp}; store
 *     codes point there. Up to 38 characters keep a store's code at correction level Q.
 * @param formerBaseUrls earlier addresses whose stickers still hang in shops and stay good
 * @param emvIdentifier our name among payment schemes, a domain in reverse
 * @param emvCity the city in Latin letters, up to 15
 */
public record CodeSettings(
        URI baseUrl, List<URI> formerBaseUrls, String emvIdentifier, String emvCity) {
    /** An invented name that belongs to nobody. */
    public static final String DEMO_IDENTIFIER = "jp.hashimo.demo";

    public static final String DEFAULT_CITY = "HASHIMOTO";

    /** With 79 characters a register's code still fits QR version 10, at level M. */
    private static final int LONGEST_BASE_URL = 79;

    private static final int LONGEST_IDENTIFIER = 32;
    private static final int LONGEST_CITY = 15;
    private static final Pattern REVERSE_DOMAIN =
            Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");

    public CodeSettings {
        baseUrl = plain(baseUrl);
        formerBaseUrls = formerBaseUrls.stream().map(CodeSettings::plain).toList();
        if (emvIdentifier.length() > LONGEST_IDENTIFIER
                || !REVERSE_DOMAIN.matcher(emvIdentifier).matches()) {
            throw new IllegalArgumentException(
                    "the EMV identifier is a domain in reverse, up to 32 characters, not "
                            + emvIdentifier);
        }
        // JPQR's identifier belongs to those who have its council's contract; a code that used it
        // without one would pass itself off as theirs.
        if (emvIdentifier.startsWith("jp.or.paymentsjapan")) {
            throw new IllegalArgumentException("the identifier of JPQR is not ours to use");
        }
        if (emvCity.length() > LONGEST_CITY || !LatinText.isLatin(emvCity) || emvCity.isBlank()) {
            throw new IllegalArgumentException(
                    "the city has 1 to 15 Latin characters, not " + emvCity);
        }
    }

    /** The settings of one address, and the demo's names. */
    public static CodeSettings of(URI baseUrl) {
        return new CodeSettings(baseUrl, List.of(), DEMO_IDENTIFIER, DEFAULT_CITY);
    }

    /** Scheme and host in lower case and no slash at the end, so that comparing texts is enough. */
    private static URI plain(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
        String text = scheme + "://" + host + port + path;
        if (!(scheme.equals("https") || scheme.equals("http"))
                || host.isEmpty()
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || text.length() > LONGEST_BASE_URL) {
            throw new IllegalArgumentException(
                    "the address of the service is http(s)://host[:port][/path], up to 79 characters, not "
                            + url);
        }
        return URI.create(text);
    }
}
