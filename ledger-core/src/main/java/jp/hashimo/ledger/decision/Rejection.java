package jp.hashimo.ledger.decision;

/**
 * Why a citizen or a store cannot have what was asked, with the numbers in it. Expected, and shown
 * to people.
 */
public interface Rejection {}
