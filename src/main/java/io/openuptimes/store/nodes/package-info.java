/** Cluster membership: live nodes, partition leases and their handover. */
@NullMarked
package io.openuptimes.store.nodes;

import org.jspecify.annotations.NullMarked;
