/** What signing in shows. */
@NullMarked
package jp.hashimo.api.session;

import org.jspecify.annotations.NullMarked;
