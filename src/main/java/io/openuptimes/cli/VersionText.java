package io.openuptimes.cli;

import io.openuptimes.config.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"OpenUptimes " + Version.CURRENT, "Java " + Runtime.version()};
    }
}
