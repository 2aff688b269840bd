/** What the figures of a report are computed by. */
@NullMarked
package jp.hashimo.loadtest.measure;

import org.jspecify.annotations.NullMarked;
