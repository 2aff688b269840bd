/** How the world reaches the ledger: HTTP, screens, metrics and wiring. */
@NullMarked
package jp.hashimo.api;

import org.jspecify.annotations.NullMarked;
