/** Whether the checkers see what they are there to see. */
@NullMarked
package jp.hashimo.loadtest.check;

import org.jspecify.annotations.NullMarked;
