/** What has to be true of the service after it was killed. */
@NullMarked
package jp.hashimo.loadtest;

import org.jspecify.annotations.NullMarked;
