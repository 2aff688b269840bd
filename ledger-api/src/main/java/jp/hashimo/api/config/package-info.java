/**
 * Starting and wiring: the database, its keys and roles, and plain words when something is not in
 * order.
 */
@NullMarked
package jp.hashimo.api.config;

import org.jspecify.annotations.NullMarked;
