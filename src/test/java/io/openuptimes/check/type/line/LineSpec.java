package io.openuptimes.check.type.line;

import io.openuptimes.model.CheckSpec;

/**
 * What a check of lines needs.
 *
 * @param lines that make up the banner
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
