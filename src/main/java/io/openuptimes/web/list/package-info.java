/** Paged lists of services: queries, pages and cursors. */
@NullMarked
package io.openuptimes.web.list;

import org.jspecify.annotations.NullMarked;
