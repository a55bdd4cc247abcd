/** Receives requests, with limits on the bytes held and on the time for heads and bodies. */
@org.jspecify.annotations.NullMarked
package io.openuptimes.web.intake;
