/** Which node checks what: who lives, who holds which partitions, and how they change hands. */
@NullMarked
package io.openuptimes.store.nodes;

import org.jspecify.annotations.NullMarked;
