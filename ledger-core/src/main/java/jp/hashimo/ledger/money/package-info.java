/** Amounts that cannot be negative, cannot overflow silently and cannot be mixed up. */
@NullMarked
package jp.hashimo.ledger.money;

import org.jspecify.annotations.NullMarked;
