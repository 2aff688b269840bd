/** Sales of premium vouchers over HTTP: campaigns, purchases, and the payment provider's word. */
@NullMarked
package jp.hashimo.api.campaign;

import org.jspecify.annotations.NullMarked;
