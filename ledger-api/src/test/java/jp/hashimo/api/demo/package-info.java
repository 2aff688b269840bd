/** The demo town, told over HTTP. */
@NullMarked
package jp.hashimo.api.demo;

import org.jspecify.annotations.NullMarked;
