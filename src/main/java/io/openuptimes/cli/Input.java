package io.openuptimes.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command's input: a person at a terminal, or a script through standard input. */
public interface Input {

    /** Returns whether a person can be prompted. */
    boolean isTerminal();

    /** Returns whether a person's typing would be visible because there is no way to turn off the echo. */
    boolean isVisible();

    /** Prompts without echoing the input; null at end of input. */
    @Nullable
    String hidden(String prompt);

    /** Reads a line from standard input; null at end of input. */
    @Nullable
    String line() throws IOException;
}
