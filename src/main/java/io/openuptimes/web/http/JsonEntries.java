package io.openuptimes.web.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import io.openuptimes.model.Excerpt;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses a long body incrementally: an array of entries, an object with such an array, or one entry after another
 * (NDJSON). As strict as {@link JsonBody}; holds at most one entry of up to {@link JsonBody#MAX_BYTES}.
 */
public final class JsonEntries {

    /** Position in the body, outside entries. */
    private enum Place {
        BEFORE,
        IN_OBJECT,
        BEFORE_ARRAY,
        IN_ARRAY,
        IN_LINES,
        AFTER
    }

    /** An incomplete object or array; {@code field} is the object's member that gets the next value. */
    private static final class Open {
        final @Nullable Map<String, @Nullable Object> object;
        final List<@Nullable Object> array = new ArrayList<>(0);
        String field = "";

        Open(boolean isObject) {
            object = isObject ? new LinkedHashMap<>() : null;
        }

        void add(@Nullable Object value) {
            if (object == null) {
                array.add(value);
            } else {
                object.put(field, value);
            }
        }

        Object value() {
            return object == null ? array : object;
        }
    }

    private final String member;
    private final Consumer<@Nullable Object> entries;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final Deque<Open> open = new ArrayDeque<>();
    private Place place;
    private final MemberLimit members = new MemberLimit(this::entry);
    private long entryStart;
    private int index;
    private boolean wrapped;
    private boolean found;
    private boolean anything;

    /**
     * @param lines whether the body is NDJSON
     * @param member the object's member that holds the array
     * @param entries receives each entry, of any type, made of maps and lists as in {@link JsonBody}
     */
    public JsonEntries(boolean lines, String member, Consumer<@Nullable Object> entries) {
        this.member = member;
        this.entries = entries;
        this.place = lines ? Place.IN_LINES : Place.BEFORE;
        try {
            parser = JsonBody.JSON.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new IllegalStateException(e); // nothing has been read yet
        }
        feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    /**
     * Parses the next bytes. Do not modify them afterwards.
     *
     * @throws ApiException 400 if they are not valid
     */
    public void feed(byte[] bytes) {
        anything |= bytes.length > 0;
        try {
            feeder.feedInput(bytes, 0, bytes.length);
            drain();
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /**
     * Ends the body.
     *
     * @throws ApiException 400 if it is incomplete
     */
    public void end() {
        if (!anything) {
            throw Errors.invalid("body", "is required");
        }
        try {
            feeder.endOfInput();
            drain();
        } catch (IOException e) {
            throw problem(e);
        }
        if (!open.isEmpty() || (place != Place.AFTER && place != Place.IN_LINES)) {
            throw Errors.invalid("body", "ends unexpectedly" + JsonBody.at(parser.currentLocation()));
        }
    }

    private static ApiException problem(IOException e) {
        return e instanceof JsonProcessingException syntax
                ? Errors.invalid("body", JsonBody.problem(syntax) + JsonBody.at(syntax.getLocation()))
                : Errors.invalid("body", "is not UTF-8");
    }

    private void drain() throws IOException {
        JsonToken token = next();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            if (open.isEmpty()) {
                outside(token);
            } else {
                inside(token);
            }
            token = next();
        }
        if (!open.isEmpty()) {
            refuseLong();
        }
    }

    private JsonToken next() throws IOException {
        try {
            return parser.nextToken();
        } catch (RuntimeException e) {
            // Jackson's non-blocking parser fails with an internal error on a truncated byte order mark
            throw Errors.invalid("body", "is not valid JSON" + JsonBody.at(parser.currentLocation()));
        }
    }

    private String entry() {
        return member + "[" + index + "]";
    }

    private void refuseLong() {
        if (parser.currentLocation().getByteOffset() - entryStart > JsonBody.MAX_BYTES) {
            throw Errors.invalid(entry(), "must be at most " + JsonBody.MAX_BYTES + " bytes");
        }
    }

    private void outside(JsonToken token) throws IOException {
        switch (place) {
            case BEFORE -> begin(token);
            case IN_OBJECT -> inObject(token);
            case BEFORE_ARRAY -> {
                if (token != JsonToken.START_ARRAY) {
                    throw Errors.invalid(member, "must be an array");
                }
                place = Place.IN_ARRAY;
            }
            case IN_ARRAY -> {
                if (token == JsonToken.END_ARRAY) {
                    place = wrapped ? Place.IN_OBJECT : Place.AFTER;
                } else {
                    inside(token);
                }
            }
            case IN_LINES -> inside(token);
            case AFTER ->
                throw Errors.invalid(
                        "body",
                        "must be a single JSON value, but more data follows" + JsonBody.at(parser.currentLocation()));
        }
    }

    private void begin(JsonToken token) {
        wrapped = token == JsonToken.START_OBJECT;
        if (!wrapped && token != JsonToken.START_ARRAY) {
            throw Errors.invalid("body", "must be an array, or an object with an array named " + member);
        }
        place = wrapped ? Place.IN_OBJECT : Place.IN_ARRAY;
    }

    private void inObject(JsonToken token) throws IOException {
        if (token == JsonToken.END_OBJECT) {
            if (!found) {
                throw Errors.invalid(member, "is required");
            }
            place = Place.AFTER;
        } else if (member.equals(parser.currentName())) {
            found = true;
            place = Place.BEFORE_ARRAY;
        } else {
            throw Errors.invalid(Excerpt.ofName(parser.currentName()), "unknown field; known fields: " + member);
        }
    }

    private void inside(JsonToken token) throws IOException {
        if (open.isEmpty()) {
            entryStart = parser.currentTokenLocation().getByteOffset();
        } else if (token == JsonToken.FIELD_NAME || (open.element().object == null && token != JsonToken.END_ARRAY)) {
            members.count();
        }
        switch (token) {
            case START_OBJECT -> open.push(new Open(true));
            case START_ARRAY -> open.push(new Open(false));
            case FIELD_NAME -> open.element().field = parser.currentName();
            case END_OBJECT, END_ARRAY -> add(open.pop().value());
            default -> add(JsonBody.scalar(parser, token));
        }
    }

    private void add(@Nullable Object value) {
        Open container = open.peek();
        if (container == null) {
            refuseLong();
            index++;
            members.reset();
            entries.accept(value);
        } else {
            container.add(value);
        }
    }
}
