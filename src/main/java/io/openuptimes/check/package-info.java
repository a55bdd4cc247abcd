/** When a service is checked, and how: the schedule, the permits and the probers. */
@NullMarked
package io.openuptimes.check;

import org.jspecify.annotations.NullMarked;
