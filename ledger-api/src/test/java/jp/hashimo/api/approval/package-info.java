/** What a second person decides. */
@NullMarked
package jp.hashimo.api.approval;

import org.jspecify.annotations.NullMarked;
