/** What tests over HTTP share: one running service, people of every role, calls and answers. */
@NullMarked
package jp.hashimo.api.testing;

import org.jspecify.annotations.NullMarked;
