/** The benchmark suite: what is run, with whom, and where its pages go. */
@NullMarked
package jp.hashimo.loadtest.suite;

import org.jspecify.annotations.NullMarked;
