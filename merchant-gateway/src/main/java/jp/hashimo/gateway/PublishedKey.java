package jp.hashimo.gateway;

import java.time.Instant;

/**
 * What everyone may know of a signing key: enough for a JWK of type OKP, curve Ed25519.
 *
 * @param kid 1 to 255, the byte inside the codes
 * @param x the 32 bytes of the public key in base64url
 * @param validFrom the first instant at which the key signs
 * @param validUntil the first instant at which it no longer does. What it signed before stays good
 *     for as long as the key is published at all: a sticker outlives the year of its key.
 */
public record PublishedKey(int kid, String x, Instant validFrom, Instant validUntil) {}
