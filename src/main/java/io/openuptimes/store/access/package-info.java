/** API keys, sign-in and sessions, and the installation's settings. */
@NullMarked
package io.openuptimes.store.access;

import org.jspecify.annotations.NullMarked;
