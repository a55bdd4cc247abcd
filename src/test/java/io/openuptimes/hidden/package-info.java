/** Hidden services: what callers without a key can learn of them through any change and any channel. */
package io.openuptimes.hidden;
