/** Whether the store can be used: reachability, admission, and periodic upkeep. */
@NullMarked
package io.openuptimes.store.state;

import org.jspecify.annotations.NullMarked;
