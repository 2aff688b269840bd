/**
 * Projections: what the log says, kept in tables for reading, each exactly as far as its position
 * tells.
 */
@NullMarked
package jp.hashimo.ledger.readmodel;

import org.jspecify.annotations.NullMarked;
