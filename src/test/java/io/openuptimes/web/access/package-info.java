@NullMarked
package io.openuptimes.web.access;

import org.jspecify.annotations.NullMarked;
