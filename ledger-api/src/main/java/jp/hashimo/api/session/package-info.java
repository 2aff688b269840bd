/** Signing in and out over HTTP. */
@NullMarked
package jp.hashimo.api.session;

import org.jspecify.annotations.NullMarked;
