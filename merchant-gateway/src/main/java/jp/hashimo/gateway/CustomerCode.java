package jp.hashimo.gateway;

import java.time.Instant;

/**
 * A citizen's one-time code as it is shown on the phone.
 *
 * @param code the text of the QR code
 * @param validUntil the first instant at which it is no longer good
 */
public record CustomerCode(String code, Instant validUntil) {}
