/**
 * Sales of premium vouchers: their terms, their budget, and each purchase from reservation to
 * issue.
 */
@NullMarked
package jp.hashimo.ledger.campaign;

import org.jspecify.annotations.NullMarked;
