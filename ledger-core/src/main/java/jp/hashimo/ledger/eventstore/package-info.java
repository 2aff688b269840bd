/**
 * The log of a ledger: facts in one order, appended under a condition or not at all, never changed.
 */
@NullMarked
package jp.hashimo.ledger.eventstore;

import org.jspecify.annotations.NullMarked;
