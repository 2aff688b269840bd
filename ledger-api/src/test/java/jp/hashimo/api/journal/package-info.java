/** The books over HTTP. */
@NullMarked
package jp.hashimo.api.journal;

import org.jspecify.annotations.NullMarked;
