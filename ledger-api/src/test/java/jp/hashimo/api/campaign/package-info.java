/** Campaigns and purchases over HTTP. */
@NullMarked
package jp.hashimo.api.campaign;

import org.jspecify.annotations.NullMarked;
