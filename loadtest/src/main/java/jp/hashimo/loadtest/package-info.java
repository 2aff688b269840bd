/** Drives the service over loopback HTTP and measures it; knows no type of the service. */
@NullMarked
package jp.hashimo.loadtest;

import org.jspecify.annotations.NullMarked;
