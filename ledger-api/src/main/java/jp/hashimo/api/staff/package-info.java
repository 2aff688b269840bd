/** The city's staff: who gets a login, and how the first of them does. */
@NullMarked
package jp.hashimo.api.staff;

import org.jspecify.annotations.NullMarked;
