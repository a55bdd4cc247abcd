/** Hidden services: what callers without a key may learn of them, whatever changes and wherever they look. */
package io.openuptimes.hidden;
