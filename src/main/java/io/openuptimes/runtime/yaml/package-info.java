/** YAML by the core schema of YAML 1.2, read with bounds and written so that it reads back the same. */
@NullMarked
package io.openuptimes.runtime.yaml;

import org.jspecify.annotations.NullMarked;
