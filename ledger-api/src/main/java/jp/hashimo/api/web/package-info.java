/**
 * The screens: pages for citizens, stores and staff, which talk to the API as anybody else would.
 */
@NullMarked
package jp.hashimo.api.web;

import org.jspecify.annotations.NullMarked;
