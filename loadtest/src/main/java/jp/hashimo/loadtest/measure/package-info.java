/**
 * Measures honestly: rounds, interference, medians, ratios inside a round, and the pages that tell
 * them.
 */
@NullMarked
package jp.hashimo.loadtest.measure;

import org.jspecify.annotations.NullMarked;
