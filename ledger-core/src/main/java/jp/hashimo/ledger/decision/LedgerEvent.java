package jp.hashimo.ledger.decision;

/**
 * A fact the log keeps for ever. Its components marked with {@code @EventTag} are what it can be
 * found by; personal data has no place in it.
 */
public interface LedgerEvent {}
