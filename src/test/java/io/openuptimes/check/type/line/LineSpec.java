package io.openuptimes.check.type.line;

import io.openuptimes.model.CheckSpec;

/**
 * The spec of a check of lines.
 *
 * @param lines number of lines of the banner
 */
public record LineSpec(int lines, boolean ignoreTlsErrors) implements CheckSpec {

    public static LineSpec of(int lines) {
        return new LineSpec(lines, false);
    }

    @Override
    public String type() {
        return LineSpecType.TYPE.name();
    }
}
