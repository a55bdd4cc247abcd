package io.openuptimes.cli;

import io.openuptimes.config.Version;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"OpenUptimes " + Version.CURRENT, "Java " + Runtime.version()};
    }
}
