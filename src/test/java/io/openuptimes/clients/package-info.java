/** Clients generated from {@code openapi.yaml}, compiled and run against the service, and linters for it. */
@org.jspecify.annotations.NullMarked
package io.openuptimes.clients;
