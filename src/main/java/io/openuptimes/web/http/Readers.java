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
 * The answers that send one shared body. Its memory is reserved once, in the name of one reader's caller, for as long as
 * it has readers. When that reader ends, the next one's caller takes it over. When that caller loses it to another, its
 * own readers are reset; the others go on if one of their callers has room for the body.
 *
 * <p>Belongs to one event loop.
 */
public final class Readers {

    /**
     * @param share its way to the socket
     */
    private record Reader(PieceStream stream, FairShares.Share share) {}

    /**
     * @param share of the body
     * @param payer in whose name it is
     */
    private record Charge(FairShares.Share share, Reader payer) {}

    private final long bytes;
    private final Set<Reader> readers = new LinkedHashSet<>(); // in the order in which they came
    private @Nullable Charge charge;

    /**
     * @param bytes that the readers keep in memory; 0 if it stays there anyway
     */
    public Readers(long bytes) {
        this.bytes = bytes;
    }

    /** The bytes to reserve with the next reader's own: the body's for the first reader, none for others. */
    long toReserve() {
        return readers.isEmpty() ? bytes : 0;
    }

    /**
     * @param reserved for the reader and, if it is the first, for the body
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
        Context own = Objects.requireNonNull(Vertx.currentContext()); // it may be taken from another event loop
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
            return; // nobody reads it any more
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
     * @param share for the body, in the name of that reader's caller; null if it cannot be had
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
     * Resets all of them.
     *
     * @return how many there were
     */
    public int abort(Outflow.Break why) {
        List<Reader> all = List.copyOf(readers);
        all.forEach(reader -> reader.stream().abort(why));
        return all.size();
    }
}
