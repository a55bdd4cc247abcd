@NullMarked
package io.openuptimes.web.pages;

import org.jspecify.annotations.NullMarked;
