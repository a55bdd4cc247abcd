/** How requests come in: bounds on the bytes that are held, and on the time that a head or a body may take. */
@org.jspecify.annotations.NullMarked
package io.openuptimes.web.intake;
