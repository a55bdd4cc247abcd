package io.openuptimes.check;

/** A link of a ring; alone, a ring of its own. */
class Link {
    private Link previous = this;
    private Link next = this;

    final void leave() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }

    /** Lets it be the last in a ring that this is the head of. */
    final void append(Link link) {
        link.previous = previous;
        link.next = this;
        previous.next = link;
        previous = link;
    }

    final Link next() {
        return next;
    }
}
