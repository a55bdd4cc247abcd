@NullMarked
package io.openuptimes.web.events;

import org.jspecify.annotations.NullMarked;
