package io.openuptimes.config;

import io.openuptimes.config.SettingValues.Given;
import io.openuptimes.config.Settings.Egress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the settings for where checks may go, and for the reference targets. */
final class EgressSettings {

    /** All are connected to at once. */
    private static final int MAX_TARGETS = 8;

    private final SettingValues values;

    EgressSettings(SettingValues values) {
        this.values = values;
    }

    Egress read() {
        return new Egress(
                values.addresses("egress.deny"),
                values.addresses("egress.allow"),
                values.flag("egress.private", true),
                targets());
    }

    private List<ReferenceTarget> targets() {
        Given given = values.find("egress.targets");
        if (given == null) {
            return List.of();
        }
        Set<ReferenceTarget> targets = new LinkedHashSet<>();
        for (String part : given.parts(",")) {
            ReferenceTarget target = ReferenceTarget.parse(part);
            if (target == null) {
                values.problem(given.source() + ": must be tcp:// with host and port, http:// or https:// URLs, such as"
                        + " tcp://192.0.2.1:443 or https://example.com, not \"" + part + "\"");
            } else {
                targets.add(target);
            }
        }
        if (targets.size() > MAX_TARGETS) {
            values.problem(given.source() + ": must list at most " + MAX_TARGETS + " targets");
        }
        return List.copyOf(targets);
    }
}
