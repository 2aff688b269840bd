/**
 * The names of things, shared by every feature so that events can speak of each other without
 * depending on each other.
 */
@NullMarked
package jp.hashimo.ledger.id;

import org.jspecify.annotations.NullMarked;
