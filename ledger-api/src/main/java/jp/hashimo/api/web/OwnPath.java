package jp.hashimo.api.web;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses that a page may lead back to: on this site, and nowhere else. */
final class OwnPath {
    private OwnPath() {}

    /**
     * The path if it is one of ours, else the welcome page. What begins with two slashes, or holds
     * a backslash, would lead a browser to another site.
     */
    static String orHome(String path) {
        if (!path.startsWith("/") || path.startsWith("//") || path.contains("\\")) {
            return "/";
        }
        try {
            URI address = new URI(path);
            return address.getHost() == null && address.getScheme() == null
                    ? address.toASCIIString()
                    : "/";
        } catch (URISyntaxException e) {
            return "/";
        }
    }
}
