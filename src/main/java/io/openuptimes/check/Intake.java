package io.openuptimes.check;

import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes over into a lane's schedule what services there are: lists, and what changes, in the order in which it comes. In
 * slices: a list may hold a million. One event loop only.
 */
final class Intake {

    private final Schedule schedule;
    private final Checks checks;
    private final Slices slices;
    private final LongSupplier time;
    private final Predicate<Service> own;
    private int loading;
    /** Services that changed while a list is loaded: what it says of them may have been read before. */
    private final Set<String> changed = new HashSet<>();

    /**
     * @param own which services are the lane's
     */
    Intake(Schedule schedule, Checks checks, Slices slices, LongSupplier time, Predicate<Service> own) {
        this.schedule = schedule;
        this.checks = checks;
        this.slices = slices;
        this.time = time;
        this.own = own;
    }

    /** A list of all services has been asked for, and comes by {@link #load}; or not, which {@link #loadEnds} says. */
    void loadBegins() {
        loading++;
    }

    void loadEnds() {
        loading--;
        if (loading == 0) {
            changed.clear();
        }
    }

    /** Takes over the lane's share of a list, but for what has changed since that was asked for. */
    Future<Void> load(List<Service> services) {
        Promise<Void> done = Promise.promise();
        int load = schedule.beginLoad();
        boolean first = schedule.size() == 0;
        forOwn(services, service -> {
            if (!changed.contains(service.id())) {
                schedule.loaded(service, load, time.getAsLong());
            }
        });
        slices.add(() -> {
            List<String> gone = first ? List.of() : schedule.notIn(load);
            gone.stream().filter(id -> !changed.contains(id)).forEach(schedule::remove);
            done.complete();
            return false;
        });
        return done.future();
    }

    /** If it is this node's to check, that is done at once where no check has said anything of it as it is now. */
    void saved(ServiceSaved event) {
        Service service = event.service();
        change(service.id(), () -> {
            Service known = schedule.find(service.id());
            boolean moved = known != null && schedule.slot(known) != schedule.slot(service);
            if (service.paused() || !(moved || isFresh(event, known))) {
                schedule.put(service, time.getAsLong());
                return;
            }
            schedule.putFresh(service, time.getAsLong());
            if (schedule.holds(schedule.slot(service))) {
                checks.startNow(service);
            }
        });
    }

    private static boolean isFresh(ServiceSaved event, @Nullable Service known) {
        ServiceStatus status = event.status();
        return event.before() == null
                || known == null
                || known.paused()
                || !known.isCheckedLike(event.service())
                || (status != null && status.lastChecked() == 0);
    }

    /** Takes over the lane's share of many that have changed; they start in their phase: all at once would be a burst. */
    void changed(List<Service> saved) {
        forOwn(saved, service -> {
            if (loading > 0) {
                changed.add(service.id());
            }
            schedule.put(service, time.getAsLong());
        });
    }

    void removed(String serviceId) {
        change(serviceId, () -> schedule.remove(serviceId));
    }

    private void forOwn(List<Service> services, Consumer<Service> work) {
        Iterator<Service> rest = services.iterator();
        slices.add(() -> {
            for (int i = 0; i < Slices.SIZE && rest.hasNext(); i++) {
                Service service = rest.next();
                if (own.test(service)) {
                    work.accept(service);
                }
            }
            return rest.hasNext();
        });
    }

    private void change(String serviceId, Runnable change) {
        slices.add(() -> {
            if (loading > 0) {
                changed.add(serviceId);
            }
            change.run();
            return false;
        });
    }
}
