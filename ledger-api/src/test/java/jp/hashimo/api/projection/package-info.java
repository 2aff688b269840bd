/** How projections are watched and made again. */
@NullMarked
package jp.hashimo.api.projection;

import org.jspecify.annotations.NullMarked;
