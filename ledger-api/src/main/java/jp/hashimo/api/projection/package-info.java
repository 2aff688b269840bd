/** How the read tables are doing, for those who keep the service running. */
@NullMarked
package jp.hashimo.api.projection;

import org.jspecify.annotations.NullMarked;
