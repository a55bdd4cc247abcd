@NullMarked
package io.openuptimes.check.http;

import org.jspecify.annotations.NullMarked;
