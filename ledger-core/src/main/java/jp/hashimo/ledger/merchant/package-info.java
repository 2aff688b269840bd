/** The stores that take points: which points each may take, and since when. */
@NullMarked
package jp.hashimo.ledger.merchant;

import org.jspecify.annotations.NullMarked;
