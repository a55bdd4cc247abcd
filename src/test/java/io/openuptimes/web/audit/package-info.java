@NullMarked
package io.openuptimes.web.audit;

import org.jspecify.annotations.NullMarked;
