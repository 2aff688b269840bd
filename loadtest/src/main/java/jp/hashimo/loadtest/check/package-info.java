/**
 * Checks that a ledger did what it promised: reads its log and what its clients were told, and
 * holds both against a second, naive model of the rules that shares no code with the ledger.
 */
@NullMarked
package jp.hashimo.loadtest.check;

import org.jspecify.annotations.NullMarked;
