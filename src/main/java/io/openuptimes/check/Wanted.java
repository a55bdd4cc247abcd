package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Queues requested checks. The loop starts them one at a time, together with the checks that are due: a request for
 * all services would otherwise start thousands at once. One event loop only.
 */
final class Wanted {

    private final class Order {
        final List<Service> services;
        final boolean all;
        final long since = asked.started();
        boolean paced;
        final List<Future<CheckResult>> results = new ArrayList<>();
        final Promise<List<Checked>> checked = Promise.promise();

        Order(List<Service> services, boolean all, boolean paced) {
            this.services = services;
            this.all = all;
            this.paced = paced;
        }

        boolean isStarted() {
            return results.size() == services.size();
        }

        void startNext() {
            results.add(asked.check(services.get(results.size()), paced, since));
        }

        /** What was deleted meanwhile is left out. */
        Future<List<Checked>> end() {
            List<Checked> all = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                Future<CheckResult> result = results.get(i);
                if (result.succeeded()) {
                    Service now = schedule.find(result.result().serviceId());
                    all.add(new Checked(now == null ? services.get(i) : now, result.result()));
                } else if (Failures.codeOf(result.cause()) != Failures.NOT_FOUND) {
                    return Future.failedFuture(result.cause());
                }
            }
            return Future.succeededFuture(all);
        }
    }

    private final Schedule schedule;
    private final AskedChecks asked;
    private final Deque<Order> orders = new ArrayDeque<>();

    Wanted(Schedule schedule, AskedChecks asked) {
        this.schedule = schedule;
        this.asked = asked;
    }

    /** Whether nothing can be started now. */
    boolean isEmpty() {
        return !asked.isDue() && orders.isEmpty();
    }

    /** By when to look again although nobody asks, by the schedule's time. */
    long nextAt() {
        return asked.nextAt();
    }

    /** Those of the wanted services that are known here, each once; of all, those that are not paused. */
    Future<List<Checked>> check(CheckNow wanted) {
        boolean all = wanted.serviceIds().isEmpty();
        List<Service> services = all
                ? schedule.services().stream()
                        .filter(service -> !service.paused())
                        .toList()
                : wanted.serviceIds().stream()
                        .distinct()
                        .map(schedule::find)
                        .filter(Objects::nonNull)
                        .toList();
        if (services.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Order order = new Order(services, all, wanted.paced());
        orders.add(order);
        return order.checked.future();
    }

    /** Starts at once what paced requests for all services would let wait. */
    void hurry() {
        orders.stream().filter(order -> order.all).forEach(order -> order.paced = false);
        List<Service> waiting = asked.waiting();
        if (!waiting.isEmpty()) {
            orders.add(new Order(waiting, false, false));
        }
    }

    /** Starts the next one, if there is one. */
    void startNext() {
        if (asked.isDue()) {
            asked.startDue();
            return;
        }
        Order order = orders.peek();
        if (order == null) {
            return;
        }
        order.startNext();
        if (order.isStarted()) {
            orders.remove();
            Future.join(order.results).transform(joined -> order.end()).onComplete(order.checked);
        }
    }

    /** Accepts no more requests; waiting ones fail. */
    void stop() {
        orders.forEach(order -> order.checked.fail(Checks.stopping()));
        orders.clear();
        asked.stop();
    }
}
