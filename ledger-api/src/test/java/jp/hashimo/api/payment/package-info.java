/** Payments over HTTP. */
@NullMarked
package jp.hashimo.api.payment;

import org.jspecify.annotations.NullMarked;
