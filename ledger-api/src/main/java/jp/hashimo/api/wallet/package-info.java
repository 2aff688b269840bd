/** Residents and what they hold: registration, balance, history, phones and one-time codes. */
@NullMarked
package jp.hashimo.api.wallet;

import org.jspecify.annotations.NullMarked;
