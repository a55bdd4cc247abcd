/** What every handler of requests needs: reading queries and bodies, answers and errors. */
@NullMarked
package io.openuptimes.web.http;

import org.jspecify.annotations.NullMarked;
