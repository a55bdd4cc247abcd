package io.openuptimes.web.board;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All entries in name order, split into segments so that no lookup, insertion or removal moves very many. */
final class Segments {

    private final List<Segment> list = new ArrayList<>();
    private long structure;

    /**
     * @param ordered by name
     */
    static Segments of(List<BoardEntry> ordered, long version) {
        Segments segments = new Segments();
        for (int from = 0; from < ordered.size(); from += Segment.FILLED) {
            List<BoardEntry> some = ordered.subList(from, Math.min(ordered.size(), from + Segment.FILLED));
            segments.list.add(new Segment(some.toArray(new BoardEntry[0]), version));
        }
        return segments;
    }

    int count() {
        return list.size();
    }

    Segment get(int index) {
        return list.get(index);
    }

    /** Changes when segments are added, removed or split. */
    long structure() {
        return structure;
    }

    /** Index of the last segment that does not start after the name; 0 if all do. */
    int indexFor(String name) {
        int low = 0;
        int high = list.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ByName.INSTANCE.compare(list.get(middle).firstName(), name) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    @Nullable
    BoardEntry find(String name) {
        if (list.isEmpty()) {
            return null;
        }
        Segment segment = list.get(indexFor(name));
        int place = segment.place(name, true) - 1; // of two entries with this name, the later one
        return place >= 0 && segment.get(place).service().name().equals(name) ? segment.get(place) : null;
    }

    void insert(BoardEntry entry, long version) {
        if (list.isEmpty()) {
            list.add(new Segment(new BoardEntry[] {entry}, version));
            structure++;
            return;
        }
        int index = indexFor(entry.service().name());
        Segment segment = list.get(index);
        if (segment.size() == Segment.MAX) {
            Segment rest = segment.split(version);
            list.add(index + 1, rest);
            structure++;
            if (ByName.INSTANCE.compare(rest.firstName(), entry.service().name()) <= 0) {
                segment = rest;
            }
        }
        segment.insert(entry);
        segment.touched(version, true);
    }

    void remove(BoardEntry entry, long version) {
        Segment segment = entry.segment();
        segment.remove(entry);
        segment.touched(version, true);
        if (segment.size() == 0) {
            list.remove(segment);
            structure++;
        }
    }

    /** All entries; a new list. */
    List<BoardEntry> all() {
        List<BoardEntry> all = new ArrayList<>();
        for (Segment segment : list) {
            for (int i = 0; i < segment.size(); i++) {
                all.add(segment.get(i));
            }
        }
        return all;
    }

    /** Number of entries visible to an audience before a name, optionally including the name's own. */
    int rank(String name, boolean withName, boolean withHidden) {
        if (list.isEmpty()) {
            return 0;
        }
        int index = indexFor(name);
        int rank = 0;
        for (int i = 0; i < index; i++) {
            rank += list.get(i).tally().of(withHidden).total();
        }
        Segment segment = list.get(index);
        int place = segment.place(name, withName);
        for (int i = 0; i < place; i++) {
            rank += withHidden || segment.get(i).service().visible() ? 1 : 0;
        }
        return rank;
    }

    /** The entries visible to an audience at a range of positions in name order. */
    List<BoardEntry> range(int from, int to, boolean withHidden) {
        List<BoardEntry> found = new ArrayList<>(Math.max(0, to - from));
        int place = 0;
        for (Segment segment : list) {
            int seen = segment.tally().of(withHidden).total();
            if (place + seen > from) {
                for (int i = 0; i < segment.size() && place < to; i++) {
                    BoardEntry entry = segment.get(i);
                    if (withHidden || entry.service().visible()) {
                        if (place >= from) {
                            found.add(entry);
                        }
                        place++;
                    }
                }
            } else {
                place += seen;
            }
            if (place >= to) {
                break;
            }
        }
        return found;
    }

    /** The newest check of all services visible to an audience; reads one value per segment. */
    long updated(boolean withHidden) {
        long newest = 0;
        for (Segment segment : list) {
            newest = Math.max(newest, segment.tally().of(withHidden).updated());
        }
        return newest;
    }
}
