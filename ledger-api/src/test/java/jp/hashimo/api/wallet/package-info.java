/** What residents and the counter can rely on. */
@NullMarked
package jp.hashimo.api.wallet;

import org.jspecify.annotations.NullMarked;
