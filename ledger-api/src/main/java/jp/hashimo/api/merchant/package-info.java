/**
 * The stores: how the city registers them, what the world sees of them, and the codes they show.
 */
@NullMarked
package jp.hashimo.api.merchant;

import org.jspecify.annotations.NullMarked;
