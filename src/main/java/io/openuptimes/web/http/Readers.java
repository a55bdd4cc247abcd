package io.openuptimes.web.http;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answers that send one shared body. Its memory is reserved once, in the name of the first reader's caller, for as
 * long as it has readers. Belongs to one event loop.
 */
public final class Readers {

    private final long bytes;
    private final Set<PieceStream> streams = new HashSet<>();
    private FairShares.@Nullable Share share;

    /**
     * @param bytes that the readers keep in memory; 0 if it stays there anyway
     */
    public Readers(long bytes) {
        this.bytes = bytes;
    }

    /** The bytes to reserve with the next reader's own: the body's for the first reader, none for others. */
    long toReserve() {
        return streams.isEmpty() ? bytes : 0;
    }

    /**
     * @param reserved for the reader and, if it is the first, for the body
     */
    void add(RoutingContext context, FairShares.Share reserved, PieceStream stream) {
        if (toReserve() > 0) {
            FairShares.Share taken = reserved.split(bytes);
            share = taken;
            Context own = context.vertx().getOrCreateContext(); // it may be taken from another event loop
            taken.onEvicted(() -> own.runOnContext(then -> abort(Outflow.Break.CROWDED)));
        }
        streams.add(stream);
        stream.onEnd(() -> remove(stream));
    }

    private void remove(PieceStream stream) {
        streams.remove(stream);
        FairShares.Share taken = share;
        if (streams.isEmpty() && taken != null) {
            share = null;
            taken.close();
        }
    }

    public boolean isEmpty() {
        return streams.isEmpty();
    }

    /**
     * Resets all of them.
     *
     * @return how many there were
     */
    public int abort(Outflow.Break why) {
        List<PieceStream> all = List.copyOf(streams);
        all.forEach(stream -> stream.abort(why));
        return all.size();
    }
}
