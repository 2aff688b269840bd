/** What tests of every module stand on: a real database of their own. */
@NullMarked
package jp.hashimo.ledger.testing;

import org.jspecify.annotations.NullMarked;
