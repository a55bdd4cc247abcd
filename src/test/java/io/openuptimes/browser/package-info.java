/** The pages in a real browser, from a user's perspective. */
@NullMarked
package io.openuptimes.browser;

import org.jspecify.annotations.NullMarked;
