package jp.hashimo.ledger.eventstore;

import java.time.Instant;

/**
 * Where the log put what was appended.
 *
 * @param at the instant it was recorded by the ledger's time
 */
public record Appended(long firstPosition, long lastPosition, Instant at) {}
