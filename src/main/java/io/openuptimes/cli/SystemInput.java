package io.openuptimes.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The process's terminal and standard input. */
public final class SystemInput implements Input {

    private final @Nullable Console console;
    private final BufferedReader lines;

    public SystemInput() {
        // from JDK 22 on, the default console implementation exists even without a terminal
        System.setProperty("jdk.console", "java.base");
        console = System.console();
        lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    @Override
    public boolean isTerminal() {
        return console != null;
    }

    @Override
    public @Nullable String hidden(String prompt) {
        char[] typed = console == null ? null : console.readPassword("%s", prompt);
        return typed == null ? null : new String(typed);
    }

    @Override
    public @Nullable String line() throws IOException {
        return lines.readLine();
    }
}
