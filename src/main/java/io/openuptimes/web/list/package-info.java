/** Lists of services in pages: what is asked for, what is on a page, where the next one begins. */
@NullMarked
package io.openuptimes.web.list;

import org.jspecify.annotations.NullMarked;
