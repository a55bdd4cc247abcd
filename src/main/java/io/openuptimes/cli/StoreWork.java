package io.openuptimes.cli;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.store.command.StoreAccess;
import io.openuptimes.store.command.StoreAccess.Missing;

/** A command's work on the store. May block. */
@FunctionalInterface
interface StoreWork {

    /**
     * @return the exit code
     */
    int run(StoreAccess store, Settings settings) throws CommandFailure, InvalidSettingsException;

    /** Opens the configured store, does the work, and always closes the store. */
    static int with(OpenUptimesCommand root, Missing missing, StoreWork work)
            throws CommandFailure, InvalidSettingsException {
        Settings settings = root.settings();
        StoreAccess store = WaitingLine.on(StoreAccess.open(root.host().vertx().get(), settings, missing));
        try {
            return work.run(store, settings);
        } finally {
            WaitingLine.on(store.close());
        }
    }
}
