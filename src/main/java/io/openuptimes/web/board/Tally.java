package io.openuptimes.web.board;

/** Running counts for audiences with and without hidden services. */
public final class Tally {

    private final Counts all = new Counts();
    private final Counts visible = new Counts();

    public Counts of(boolean withHidden) {
        return withHidden ? all : visible;
    }

    void add(BoardEntry entry) {
        all.add(entry);
        if (entry.service().visible()) {
            visible.add(entry);
        }
    }

    void remove(BoardEntry entry) {
        all.remove(entry);
        if (entry.service().visible()) {
            visible.remove(entry);
        }
    }

    void seen(BoardEntry entry) {
        all.seen(entry);
        if (entry.service().visible()) {
            visible.seen(entry);
        }
    }
}
