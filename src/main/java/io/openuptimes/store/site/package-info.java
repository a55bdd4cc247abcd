/** The site's appearance. */
@NullMarked
package io.openuptimes.store.site;

import org.jspecify.annotations.NullMarked;
