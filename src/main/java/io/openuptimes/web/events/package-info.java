/** Event streams: the log of what happened, and the streams that tell it. */
@NullMarked
package io.openuptimes.web.events;

import org.jspecify.annotations.NullMarked;
