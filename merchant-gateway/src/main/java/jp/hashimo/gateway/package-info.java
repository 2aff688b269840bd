/** The payment door: codes, keys and signatures, and the two scan modes over payments. */
@NullMarked
package jp.hashimo.gateway;

import org.jspecify.annotations.NullMarked;
