/** How the staff get their logins. */
@NullMarked
package jp.hashimo.api.staff;

import org.jspecify.annotations.NullMarked;
