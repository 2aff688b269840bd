/** Payments: proposed by one side, held, and moved only by the other side's OK. */
@NullMarked
package jp.hashimo.ledger.payment;

import org.jspecify.annotations.NullMarked;
