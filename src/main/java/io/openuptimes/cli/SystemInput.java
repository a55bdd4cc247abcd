package io.openuptimes.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /** Without a console, a terminal's input would be visible; JDKs before 22 have none if only the output is redirected. */
    @Override
    public boolean isVisible() {
        try {
            return console == null
                    && Path.of("/proc/self/fd/0").toRealPath().toString().matches("/dev/(pts/|tty).*");
        } catch (IOException e) {
            return false; // not on Linux, or a pipe
        }
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
