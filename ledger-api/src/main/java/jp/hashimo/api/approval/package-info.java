/** What one person has proposed and a second one must agree to. */
@NullMarked
package jp.hashimo.api.approval;

import org.jspecify.annotations.NullMarked;
