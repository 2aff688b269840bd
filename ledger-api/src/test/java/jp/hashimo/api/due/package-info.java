/** What is recorded when its time has come. */
@NullMarked
package jp.hashimo.api.due;

import org.jspecify.annotations.NullMarked;
