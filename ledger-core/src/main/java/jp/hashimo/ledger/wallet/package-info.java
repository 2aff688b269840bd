/**
 * What a resident holds: lots, the holds on them, the order they are spent in and the instant they
 * end.
 */
@NullMarked
package jp.hashimo.ledger.wallet;

import org.jspecify.annotations.NullMarked;
