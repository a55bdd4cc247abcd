/** Clients that others generate from {@code openapi.yaml}, compiled and run against the service; and linters of it. */
@org.jspecify.annotations.NullMarked
package io.openuptimes.clients;
