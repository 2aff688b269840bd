/**
 * The books: every fact of the log as double entry, so that an accountant can explain every yen.
 */
@NullMarked
package jp.hashimo.ledger.journal;

import org.jspecify.annotations.NullMarked;
