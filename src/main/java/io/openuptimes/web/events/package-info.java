/** Event streams: the event log, and the streams that send it. */
@NullMarked
package io.openuptimes.web.events;

import org.jspecify.annotations.NullMarked;
