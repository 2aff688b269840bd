/**
 * Our own rows over loopback HTTP, with a client that takes little of the CPUs it shares; knows no
 * type of the service.
 */
@NullMarked
package jp.hashimo.loadtest.http;

import org.jspecify.annotations.NullMarked;
