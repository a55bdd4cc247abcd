@NullMarked
package io.openuptimes.check.type.http;

import org.jspecify.annotations.NullMarked;
