/**
 * The ledger measured inside this process, without HTTP; alone in this module to know its types.
 */
@NullMarked
package jp.hashimo.loadtest.engine;

import org.jspecify.annotations.NullMarked;
