/** The contract of the log, tried on a real PostgreSQL. */
@NullMarked
package jp.hashimo.ledger.eventstore;

import org.jspecify.annotations.NullMarked;
