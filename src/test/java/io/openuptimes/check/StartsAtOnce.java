package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.vertx.core.Future;
import java.util.List;

/** A part without a schedule, which starts every permitted check immediately. */
record StartsAtOnce(Wanted wanted) implements Rounds.Part {

    @Override
    public Future<List<Checked>> check(CheckNow which) {
        Future<List<Checked>> checked = wanted.check(which);
        start();
        return checked;
    }

    @Override
    public void hurry() {
        wanted.hurry();
        start();
    }

    void start() {
        while (!wanted.isEmpty()) {
            wanted.startNext();
        }
    }
}
