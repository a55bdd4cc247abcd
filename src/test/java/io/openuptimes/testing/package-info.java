/** Tools of the tests. */
package io.openuptimes.testing;
