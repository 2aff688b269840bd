/** What stores and the city can rely on. */
@NullMarked
package jp.hashimo.api.merchant;

import org.jspecify.annotations.NullMarked;
