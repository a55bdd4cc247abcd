/** The web pages: their files, kept in memory, and the documents that load them. */
@NullMarked
package io.openuptimes.web.pages;

import org.jspecify.annotations.NullMarked;
