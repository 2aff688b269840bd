/** Who is calling: logins, sessions, roles, and the personal data that stays outside the log. */
@NullMarked
package jp.hashimo.api.identity;

import org.jspecify.annotations.NullMarked;
