package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.store.access.PasswordReset;
import io.openuptimes.store.command.StoreAccess;
import io.openuptimes.store.command.StoreAccess.Missing;
import io.openuptimes.web.access.Passwords;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Replaces a lost admin password. */
@Command(
        name = "reset-password",
        header = "Set a new admin password; also while the service runs",
        description = {
            "Asks for a new admin password twice, or reads one line of standard input, and sets it. Everybody is signed out;"
                    + " API keys stay valid. Needs the settings of the service: run it as the service's user, in its"
                    + " directory, with its environment."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar openuptimes.jar reset-password",
            "  java -jar openuptimes.jar reset-password < new-password.txt",
            "  docker exec -it openuptimes java -jar openuptimes.jar reset-password"
        })
final class ResetPasswordCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable OpenUptimesCommand parent;

    @Override
    public Integer call() throws CommandFailure, InvalidSettingsException {
        OpenUptimesCommand root = OpenUptimesCommand.of(parent);
        // first, because the service cannot start while the command holds the embedded Redis
        String password = NewPassword.read(root.host().input());
        return StoreWork.with(root, Missing.REFUSE, (store, settings) -> reset(root.host(), store, password));
    }

    private static int reset(Host host, StoreAccess store, String password)
            throws CommandFailure, InvalidSettingsException {
        boolean setUp = WaitingLine.on(store.run(link -> new PasswordReset(link, Clock.systemUTC()).isSetUp()));
        if (!setUp) {
            throw CommandFailure.failed(
                    "Setup is not complete, so there is no password to reset. Start the service and open the"
                            + " setup page that its log names.");
        }
        String hash = Passwords.hash(password);
        WaitingLine.on(store.run(link -> new PasswordReset(link, Clock.systemUTC()).set(hash)));
        host.out().println("The admin password is changed, and all sessions have ended.");
        return ExitCodes.OK;
    }
}
