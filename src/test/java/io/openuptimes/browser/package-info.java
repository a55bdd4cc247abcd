/** The pages in a real browser, as those who use them see them. */
@NullMarked
package io.openuptimes.browser;

import org.jspecify.annotations.NullMarked;
