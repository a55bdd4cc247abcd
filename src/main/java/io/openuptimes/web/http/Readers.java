package io.openuptimes.web.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The responses that send one shared body. The body's memory is reserved once, charged to one reader's caller, for as
 * long as there are readers. When that reader ends, the next reader's caller is charged. If that caller is evicted, its
 * own readers are reset; the others continue if one of their callers has room for the body.
 *
 * <p>Belongs to one event loop.
 */
public final class Readers {

    /**
     * @param share for its socket queue
     */
    private record Reader(PieceStream stream, FairShares.Share share) {}

    /**
     * @param share for the body
     * @param payer the reader that is charged
     */
    private record Charge(FairShares.Share share, Reader payer) {}

    private final long bytes;
    private final Set<Reader> readers = new LinkedHashSet<>(); // in order of arrival
    private @Nullable Charge charge;

    /**
     * @param bytes memory that the body holds; 0 if it stays in memory anyway
     */
    public Readers(long bytes) {
        this.bytes = bytes;
    }

    /** Bytes to reserve in addition to the next reader's own: the body's for the first reader, 0 for all others. */
    long toReserve() {
        return readers.isEmpty() ? bytes : 0;
    }

    /**
     * @param reserved for the reader and, for the first reader, the body
     */
    void add(FairShares.Share reserved, PieceStream stream) {
        Reader reader = new Reader(stream, reserved);
        if (toReserve() > 0) {
            charge(reader, reserved.split(bytes));
        }
        readers.add(reader);
        stream.onEnd(() -> remove(reader));
    }

    private void charge(Reader payer, FairShares.Share share) {
        Charge made = new Charge(share, payer);
        charge = made;
        Context own = Objects.requireNonNull(Vertx.currentContext()); // eviction may come from another event loop
        share.onEvicted(() -> own.runOnContext(then -> evicted(made)));
    }

    private void remove(Reader reader) {
        readers.remove(reader);
        Charge current = charge;
        if (current == null) {
            return;
        }
        if (readers.isEmpty()) {
            charge = null;
            current.share().close();
        } else if (current.payer().equals(reader)) {
            chargeNext(next -> current.share().moveTo(next.share()));
        }
    }

    private void evicted(Charge lost) {
        if (!lost.equals(charge)) {
            return; // no readers left
        }
        charge = null;
        List.copyOf(readers).stream()
                .filter(reader -> reader.share().isOfSameCaller(lost.share()))
                .forEach(reader -> reader.stream().abort(Outflow.Break.CROWDED));
        if (!chargeNext(next -> next.share().takeMore(bytes))) {
            abort(Outflow.Break.CROWDED);
        }
    }

    /**
     * @param share takes the body's share for a reader's caller; null if there is no room
     */
    private boolean chargeNext(Function<Reader, FairShares.@Nullable Share> share) {
        for (Reader next : readers) {
            FairShares.Share taken = share.apply(next);
            if (taken != null) {
                charge(next, taken);
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return readers.isEmpty();
    }

    /**
     * Resets all readers.
     *
     * @return number of readers
     */
    public int abort(Outflow.Break why) {
        List<Reader> all = List.copyOf(readers);
        all.forEach(reader -> reader.stream().abort(why));
        return all.size();
    }
}
