/**
 * What tests stand on: a real database of their own, or a city small enough to be held in memory.
 */
@NullMarked
package jp.hashimo.ledger.testing;

import org.jspecify.annotations.NullMarked;
