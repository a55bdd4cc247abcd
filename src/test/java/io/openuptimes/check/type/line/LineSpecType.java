package io.openuptimes.check.type.line;

import io.openuptimes.model.SpecType;
import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldValues;
import java.net.URI;
import java.util.List;

/** The schemes and fields of checks of lines. */
final class LineSpecType implements SpecType<LineSpec> {

    static final LineSpecType TYPE = new LineSpecType();

    private static final Field<LineSpec, Integer> LINES =
            Field.<LineSpec>whole("lines", 1, 100).byDefault(1).asksForCheck().of(LineSpec::lines);

    private LineSpecType() {}

    @Override
    public String name() {
        return "line";
    }

    @Override
    public List<String> schemes() {
        return List.of("line", "lines");
    }

    @Override
    public List<Field<LineSpec, ?>> fields() {
        return List.of(LINES);
    }

    @Override
    public Class<LineSpec> specClass() {
        return LineSpec.class;
    }

    @Override
    public LineSpec spec(FieldValues values) {
        return LineSpec.of(values.get(LINES));
    }

    @Override
    public void checkUrl(String url) {
        URI.create(url);
    }
}
