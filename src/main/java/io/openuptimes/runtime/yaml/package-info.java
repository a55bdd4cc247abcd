/** YAML 1.2 with the core schema: reading within limits, and writing that round-trips. */
@NullMarked
package io.openuptimes.runtime.yaml;

import org.jspecify.annotations.NullMarked;
