/** The screens, checked as texts and played in a browser. */
@NullMarked
package jp.hashimo.api.web;

import org.jspecify.annotations.NullMarked;
