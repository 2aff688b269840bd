/** A small town to try the ledger in; never part of production. */
@NullMarked
package jp.hashimo.api.demo;

import org.jspecify.annotations.NullMarked;
