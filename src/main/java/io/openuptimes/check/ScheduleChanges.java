package io.openuptimes.check;

import io.openuptimes.bus.EventMessage.ServiceSaved;
import io.openuptimes.health.HealthState;
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
 * Applies loaded lists and changes of services to a loop's schedule, in their order. Works in slices, because a list
 * may hold a million services. Belongs to one event loop.
 */
final class ScheduleChanges {

    private final Schedule schedule;
    private final Checks checks;
    private final SlicedWork slices;
    private final LongSupplier time;
    private final Predicate<Service> own;
    private int loading;
    /** Services changed during a load; the list may hold their previous state. */
    private final Set<String> changed = new HashSet<>();

    /**
     * @param own selects the loop's services
     */
    ScheduleChanges(Schedule schedule, Checks checks, SlicedWork slices, LongSupplier time, Predicate<Service> own) {
        this.schedule = schedule;
        this.checks = checks;
        this.slices = slices;
        this.time = time;
        this.own = own;
    }

    /** Must be called before the list of all services is read; {@link #load} or {@link #loadEnds} follows. */
    void loadBegins() {
        loading++;
    }

    void loadEnds() {
        loading--;
        if (loading == 0) {
            changed.clear();
        }
    }

    /** Applies the loop's part of a list, except services that changed after it was requested. */
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

    /** Checks the service at once if this node owns it and its current state has not been checked. */
    void saved(ServiceSaved event) {
        Service service = event.service();
        change(service.id(), () -> {
            Service known = schedule.find(service.id());
            boolean moved = known != null && schedule.lease(known) != schedule.lease(service);
            if (service.paused() || !(moved || isFresh(event, known))) {
                schedule.put(service, time.getAsLong());
                return;
            }
            Entry entry = schedule.putFresh(service, time.getAsLong());
            if (known == null && event.before() == null && event.status() == null) {
                schedule.health(entry, HealthState.UNCHECKED);
            }
            if (schedule.holds(entry.lease)) {
                checks.startNow(service);
            }
        });
    }

    private static boolean isFresh(ServiceSaved event, @Nullable Service known) {
        ServiceStatus status = event.status();
        return (event.before() == null && !event.elsewhere())
                || known == null
                || known.paused()
                || !known.isCheckedLike(event.service())
                || (status != null && status.lastChecked() == 0);
    }

    /** Applies the loop's part of a bulk change; services start in their phase to avoid a burst. */
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
            for (int i = 0; i < SlicedWork.SIZE && rest.hasNext(); i++) {
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
