/** A city small enough for a test: a log in memory, a clock one can turn, three residents. */
@NullMarked
package jp.hashimo.ledger.testing;

import org.jspecify.annotations.NullMarked;
