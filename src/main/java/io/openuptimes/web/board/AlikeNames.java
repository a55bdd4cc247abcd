package io.openuptimes.web.board;

import io.openuptimes.model.LookAlikes;
import io.openuptimes.model.Service;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds services whose names look alike, see {@link LookAlikes}: a hash table of entries by their folded names that
 * takes about 20 bytes per entry. It is split into parts, so that no resize takes long with a million entries.
 *
 * <p>Keeps only the first {@value #MOST_ALIKE} of names that all look the same; many more would slow the table down.
 */
final class AlikeNames {

    private static final int PARTS = 256;
    static final int MOST_ALIKE = 8;

    private final Part[] parts = new Part[PARTS];

    /** A hash table with linear probing, at most half full. */
    private static final class Part {
        int[] hashes = new int[8];

        @Nullable
        BoardEntry[] entries = new BoardEntry[8];

        int size;

        void add(int hash, BoardEntry entry) {
            if (2 * size >= entries.length) {
                grow();
            }
            int mask = entries.length - 1;
            int alike = 0;
            int at = hash & mask;
            for (; entries[at] != null; at = (at + 1) & mask) {
                if (hashes[at] == hash && ++alike == MOST_ALIKE) {
                    return;
                }
            }
            hashes[at] = hash;
            entries[at] = entry;
            size++;
        }

        private void grow() {
            int[] oldHashes = hashes;
            @Nullable BoardEntry[] old = entries;
            hashes = new int[2 * old.length];
            entries = new BoardEntry[2 * old.length];
            size = 0;
            for (int i = 0; i < old.length; i++) {
                BoardEntry entry = old[i];
                if (entry != null) {
                    add(oldHashes[i], entry);
                }
            }
        }

        void remove(int hash, BoardEntry entry) {
            int mask = entries.length - 1;
            int at = hash & mask;
            while (entries[at] != entry) {
                if (entries[at] == null) {
                    return; // not in the table, because too many names look alike
                }
                at = (at + 1) & mask;
            }
            entries[at] = null;
            size--;
            // close the gap: move up the following entries whose probe sequence crosses it
            for (int next = (at + 1) & mask; entries[next] != null; next = (next + 1) & mask) {
                int wanted = hashes[next] & mask;
                if (((next - wanted) & mask) >= ((next - at) & mask)) {
                    hashes[at] = hashes[next];
                    entries[at] = entries[next];
                    entries[next] = null;
                    at = next;
                }
            }
        }
    }

    AlikeNames() {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    private static int hash(String folded) {
        int hash = folded.hashCode() * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private Part part(int hash) {
        return parts[hash >>> 24];
    }

    void add(BoardEntry entry) {
        int hash = hash(LookAlikes.fold(entry.service().name()));
        part(hash).add(hash, entry);
    }

    /** The entry must still have the name under which it was added. */
    void remove(BoardEntry entry) {
        int hash = hash(LookAlikes.fold(entry.service().name()));
        part(hash).remove(hash, entry);
    }

    /**
     * Finds a different name that looks like this one.
     *
     * @param among restricts the search
     * @return null if there is none
     */
    @Nullable
    String find(String name, Predicate<Service> among) {
        String folded = LookAlikes.fold(name);
        int hash = hash(folded);
        Part part = part(hash);
        int mask = part.entries.length - 1;
        for (int at = hash & mask; ; at = (at + 1) & mask) {
            BoardEntry entry = part.entries[at];
            if (entry == null) {
                return null;
            }
            Service service = entry.service();
            if (part.hashes[at] == hash
                    && !service.name().equals(name)
                    && LookAlikes.fold(service.name()).equals(folded)
                    && among.test(service)) {
                return service.name();
            }
        }
    }
}
