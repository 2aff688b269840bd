/** What the whole service promises. */
@NullMarked
package jp.hashimo.api;

import org.jspecify.annotations.NullMarked;
