package io.openuptimes.cli;

import io.openuptimes.web.access.Passwords;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a new password: twice from a terminal, or one line from standard input. */
final class NewPassword {

    private NewPassword() {}

    /**
     * @throws CommandFailure if there is no input, the passwords differ, or the password violates the API's rules
     */
    static String read(Input input) throws CommandFailure {
        if (input.isVisible()) {
            throw CommandFailure.failed(
                    "The output is redirected, so the password would be visible. Run the command without"
                            + " that, or pass the password on standard input. Nothing was changed.");
        }
        return input.isTerminal() ? typed(input) : piped(input);
    }

    private static String typed(Input input) throws CommandFailure {
        String password = checked(input.hidden("New password: "));
        if (!password.equals(input.hidden("Repeat the new password: "))) {
            throw CommandFailure.failed("The passwords differ. Nothing was changed.");
        }
        return password;
    }

    private static String piped(Input input) throws CommandFailure {
        try {
            return checked(input.line());
        } catch (IOException e) {
            throw CommandFailure.failed("Standard input cannot be read (" + e.getMessage() + "). Nothing was changed.");
        }
    }

    private static String checked(@Nullable String password) throws CommandFailure {
        if (password == null) {
            throw CommandFailure.failed("No password was given. Nothing was changed.");
        }
        int length = password.codePointCount(0, password.length());
        if (length < Passwords.MIN_LENGTH || length > Passwords.MAX_LENGTH) {
            throw CommandFailure.failed("The password must be " + Passwords.MIN_LENGTH + " to " + Passwords.MAX_LENGTH
                    + " characters. Nothing was changed.");
        }
        if (password.indexOf('\uFFFD') >= 0) {
            throw CommandFailure.failed("The password must be valid UTF-8. Nothing was changed.");
        }
        return password;
    }
}
