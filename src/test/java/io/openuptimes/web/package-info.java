@NullMarked
package io.openuptimes.web;

import org.jspecify.annotations.NullMarked;
