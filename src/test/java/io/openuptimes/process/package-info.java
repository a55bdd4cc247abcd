/** The built jar as a separate process: startup, signals, crashes. */
package io.openuptimes.process;
