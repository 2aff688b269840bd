/** What the command line asks for, and who may know whom. */
@NullMarked
package jp.hashimo.loadtest.suite;

import org.jspecify.annotations.NullMarked;
