@NullMarked
package io.openuptimes.web.list;

import org.jspecify.annotations.NullMarked;
