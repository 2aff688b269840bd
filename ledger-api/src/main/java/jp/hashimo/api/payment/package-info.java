/** Payments over HTTP: proposing, answering, and hearing of it at once. */
@NullMarked
package jp.hashimo.api.payment;

import org.jspecify.annotations.NullMarked;
