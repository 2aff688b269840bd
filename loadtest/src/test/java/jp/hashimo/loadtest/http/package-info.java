/** What the lean client understands. */
@NullMarked
package jp.hashimo.loadtest.http;

import org.jspecify.annotations.NullMarked;
