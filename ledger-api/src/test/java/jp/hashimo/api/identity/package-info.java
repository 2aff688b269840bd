/** What is kept of people, and how. */
@NullMarked
package jp.hashimo.api.identity;

import org.jspecify.annotations.NullMarked;
