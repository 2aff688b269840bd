/** Others who keep events or money in PostgreSQL, and what the machine itself allows. */
@NullMarked
package jp.hashimo.loadtest.peers;

import org.jspecify.annotations.NullMarked;
