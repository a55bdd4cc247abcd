package io.openuptimes.web.bulk;

import io.openuptimes.model.Excerpt;
import io.openuptimes.model.ServiceDrafts;
import io.openuptimes.runtime.yaml.YamlDocument;
import io.openuptimes.runtime.yaml.YamlProblem;
import io.openuptimes.runtime.yaml.YamlReader;
import io.openuptimes.web.http.Errors;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * YAML as the services file has it: a list under {@code services}, or that list alone. Keys that begin with {@code x-}
 * hold what anchors name. Unlike the services file's, its texts refer to no variables and no files.
 *
 * <p>The whole document is a tree in memory before the first entry is told, and the request pays for it: YAML is for some
 * thousands of services, the other forms for more.
 */
final class YamlForm implements BulkBody {

    private static final String OWN_KEY = "x-";
    /** Memory per byte of the body, besides nodes: its characters in texts, and in the parser's window. */
    private static final int BYTES_PER_BYTE = 6;
    /** Memory per value of an entry besides its characters, and per character. */
    private static final long VALUE_BYTES = 16;

    private static final long CHAR_BYTES = 2;
    /** Elements counted per list; a service's lists are shorter. */
    private static final int MAX_COUNTED = 1_000;

    private final Consumer<@Nullable Object> entries;
    private final LongConsumer cost;
    private final CollectedText text = new CollectedText();
    private final EntryLines lines = new EntryLines();

    YamlForm(Consumer<@Nullable Object> entries, LongConsumer cost) {
        this.entries = entries;
        this.cost = cost;
    }

    @Override
    public void take(byte[] piece) {
        text.add(piece);
    }

    @Override
    public void end() {
        cost.accept(text.length() * BYTES_PER_BYTE);
        YamlDocument document = document();
        List<?> list = list(document.value());
        if (list.size() > ServiceDrafts.MAX_ENTRIES) {
            throw Errors.invalid(LIST, "must be at most " + ServiceDrafts.MAX_ENTRIES);
        }
        document.lines().forEach(lines::add);
        for (Object entry : list) {
            cost.accept(unfolded(entry, true));
            entries.accept(entry);
        }
    }

    /**
     * Memory of an entry without sharing: what aliases share here is copied for each service later. Only as deep as a
     * valid entry is, so that nested aliases are not expanded.
     *
     * @param outer whether maps in this value are counted
     */
    private static long unfolded(@Nullable Object value, boolean outer) {
        long bytes = VALUE_BYTES;
        if (value instanceof String text) {
            bytes += text.length() * CHAR_BYTES;
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> member : map.entrySet()) {
                bytes += text(member.getKey());
                bytes += outer ? unfolded(member.getValue(), false) : text(member.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list.subList(0, Math.min(list.size(), MAX_COUNTED))) {
                bytes += text(element);
            }
        }
        return bytes;
    }

    private static long text(@Nullable Object value) {
        return VALUE_BYTES + (value instanceof String text ? text.length() * CHAR_BYTES : 0);
    }

    private YamlDocument document() {
        try {
            return YamlReader.read(text.reader(), LIST, cost);
        } catch (YamlProblem e) {
            throw Errors.invalid("body", e.problem());
        }
    }

    private static List<?> list(@Nullable Object document) {
        if (document instanceof List<?> list) {
            return list;
        }
        if (!(document instanceof Map<?, ?> map)) {
            throw Errors.invalid("body", "must be a list, or have one as " + LIST + ":");
        }
        for (Object key : map.keySet()) {
            if (!LIST.equals(key) && !(key instanceof String own && own.startsWith(OWN_KEY))) {
                throw Errors.invalid(Excerpt.ofName(String.valueOf(key)), "unknown key; there is " + LIST);
            }
        }
        if (!(map.get(LIST) instanceof List<?> list)) {
            throw Errors.invalid(LIST, "must be a list; [] for none");
        }
        return list;
    }

    @Override
    public EntryLines lines() {
        return lines;
    }
}
