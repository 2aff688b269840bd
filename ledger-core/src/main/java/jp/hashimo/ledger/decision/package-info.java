/** How a rule meets the log: commands, the facts they depend on, and what they decide. */
@NullMarked
package jp.hashimo.ledger.decision;

import org.jspecify.annotations.NullMarked;
