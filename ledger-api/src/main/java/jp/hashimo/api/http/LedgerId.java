package jp.hashimo.api.http;

/** Which ledger of the database this service keeps. It leads every key. */
public record LedgerId(String value) {}
