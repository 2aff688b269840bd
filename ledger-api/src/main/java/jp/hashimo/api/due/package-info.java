/** Work that comes due by the ledger's clock. */
@NullMarked
package jp.hashimo.api.due;

import org.jspecify.annotations.NullMarked;
