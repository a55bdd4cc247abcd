@NullMarked
package io.openuptimes.web.http;

import org.jspecify.annotations.NullMarked;
