package io.openuptimes.check.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The headers of a request in their order, each name once; names are compared without case. */
final class Headers {

    private static final int SEPARATOR = ':' << 8 | ' ';
    private static final int END_OF_LINE = '\r' << 8 | '\n';

    /** Names and values in turn. */
    private final List<String> all = new ArrayList<>(12);

    /** Adds a header, or takes the place of the one of that name. */
    Headers set(String name, String value) {
        int at = indexOf(name);
        if (at < 0) {
            all.add(name);
            all.add(value);
        } else {
            all.set(at, name);
            all.set(at + 1, value);
        }
        return this;
    }

    boolean contains(String name) {
        return indexOf(name) >= 0;
    }

    @Nullable
    String get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : all.get(at + 1);
    }

    /** Those with such a name. */
    Headers only(Predicate<String> name) {
        Headers some = new Headers();
        for (int i = 0; i < all.size(); i += 2) {
            if (name.test(all.get(i))) {
                some.all.add(all.get(i));
                some.all.add(all.get(i + 1));
            }
        }
        return some;
    }

    /** A line each, as Latin-1. Names and values hold no control characters: {@code ServiceFields} sees to that. */
    void writeTo(ByteBuf out) {
        for (int i = 0; i < all.size(); i += 2) {
            ByteBufUtil.writeAscii(out, all.get(i));
            out.writeShort(SEPARATOR);
            ByteBufUtil.writeAscii(out, all.get(i + 1));
            out.writeShort(END_OF_LINE);
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < all.size(); i += 2) {
            if (all.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
