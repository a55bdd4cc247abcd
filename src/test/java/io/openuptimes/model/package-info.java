@NullMarked
package io.openuptimes.model;

import org.jspecify.annotations.NullMarked;
