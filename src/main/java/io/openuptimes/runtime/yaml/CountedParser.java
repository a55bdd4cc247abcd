package io.openuptimes.runtime.yaml;

import java.util.function.LongConsumer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Reports the memory of a document's node tree, node by node, before each is created. */
final class CountedParser implements Parser {

    /** Estimated size of a node with its two marks, its place in its parent, and the value built from it. */
    static final long NODE_BYTES = 500;

    private final Parser parser;
    private final LongConsumer cost;

    CountedParser(Parser parser, LongConsumer cost) {
        this.parser = parser;
        this.cost = cost;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        cost.accept(NODE_BYTES);
        return parser.next();
    }
}
