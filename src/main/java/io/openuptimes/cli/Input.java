package io.openuptimes.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a command reads: from a person at a terminal, or from a script through standard input. */
public interface Input {

    /** Whether a person can be asked. */
    boolean isTerminal();

    /** Asks a person, without showing what is typed; null at the end of input. */
    @Nullable
    String hidden(String prompt);

    /** The next line of standard input; null at its end. */
    @Nullable
    String line() throws IOException;
}
