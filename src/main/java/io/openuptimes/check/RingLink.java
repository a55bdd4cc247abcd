package io.openuptimes.check;

/** A link of a ring; initially a ring of its own. */
class RingLink {
    private RingLink previous = this;
    private RingLink next = this;

    final void leave() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }

    /** Inserts a link at the end of the ring headed by this one. */
    final void append(RingLink link) {
        link.previous = previous;
        link.next = this;
        previous.next = link;
        previous = link;
    }

    final RingLink next() {
        return next;
    }
}
