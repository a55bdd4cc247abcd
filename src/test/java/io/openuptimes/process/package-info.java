/** The built jar as a process of its own: start, signals, crashes. */
package io.openuptimes.process;
