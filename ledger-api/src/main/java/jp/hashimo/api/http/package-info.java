/** What all calls have in common: who may make them, idempotency, positions, problems. */
@NullMarked
package jp.hashimo.api.http;

import org.jspecify.annotations.NullMarked;
