package io.openuptimes.attack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** JSON with one defect: a member of the wrong type, too large or duplicated, or text that is not JSON. */
final class JsonValues {

    /** Marks a member to omit. */
    static final Object ABSENT = new Object();

    /** Delimits raw output within a string: the text up to the next delimiter is written without quotes. */
    private static final String RAW = "\u0001";

    private static final List<@Nullable Object> WRONG = wrong();

    private static final List<String> BROKEN = List.of(
            "",
            " ",
            "{",
            "[",
            "null",
            "{}{}",
            "{\"a\":}",
            "{\"a\":1,\"a\":2}",
            "\uFEFF{}",
            "[".repeat(2_000),
            "{\"a\":".repeat(2_000),
            "\"" + "x".repeat(10_000));

    private final Random random;

    JsonValues(Random random) {
        this.random = random;
    }

    private static List<@Nullable Object> wrong() {
        List<@Nullable Object> wrong = new ArrayList<>(List.of(
                true,
                -1,
                0,
                1.5,
                Long.MAX_VALUE,
                "",
                " ",
                "x".repeat(5_000),
                "\u202E\u0000\uD800",
                "•••",
                "../../etc",
                "%00",
                new JsonObject(),
                new JsonArray(),
                new JsonArray().add(new JsonObject().put("a", new JsonArray().add("b")))));
        for (String raw :
                List.of("1e2147483648", "1e-2147483648", "1e400", "-0", "9".repeat(90), "9".repeat(5_000), "1.0e0")) {
            wrong.add(RAW + raw + RAW);
        }
        wrong.add(null);
        return wrong;
    }

    /** A copy with one defect. */
    String broken(@Nullable Object value) {
        if (random.nextInt(8) == 0) {
            return BROKEN.get(random.nextInt(BROKEN.size()));
        }
        String text = text(wrongSomewhere(value));
        return switch (random.nextInt(8)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> text + "x";
            default -> text;
        };
    }

    private @Nullable Object wrongSomewhere(@Nullable Object value) {
        if (value instanceof JsonObject object && !object.isEmpty() && random.nextInt(5) > 0) {
            JsonObject copy = object.copy();
            List<String> members = new ArrayList<>(copy.fieldNames());
            String member = members.get(random.nextInt(members.size()));
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(member);
                case 1 -> copy.put("unknown" + random.nextInt(9), wrongValue());
                default -> copy.put(member, wrongSomewhere(copy.getValue(member)));
            }
            return copy;
        }
        if (value instanceof JsonArray array && !array.isEmpty() && random.nextInt(5) > 0) {
            JsonArray copy = array.copy();
            int at = random.nextInt(copy.size());
            copy.set(at, wrongSomewhere(copy.getValue(at)));
            return copy;
        }
        return wrongValue();
    }

    /** A value of the wrong type or out of range for most members. */
    @Nullable
    Object wrongValue() {
        return WRONG.get(random.nextInt(WRONG.size()));
    }

    static String text(@Nullable Object value) {
        String text = value instanceof JsonObject object
                ? object.encode()
                : value instanceof JsonArray array
                        ? array.encode()
                        : new JsonArray().add(value).encode();
        String plain =
                value instanceof JsonObject || value instanceof JsonArray ? text : text.substring(1, text.length() - 1);
        return plain.replace("\"\\u0001", "").replace("\\u0001\"", "");
    }
}
