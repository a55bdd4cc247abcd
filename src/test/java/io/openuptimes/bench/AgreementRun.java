package io.openuptimes.bench;

import io.openuptimes.testing.Curl;
import io.openuptimes.testing.Curl.Answer;
import io.openuptimes.testing.EventReader;
import io.openuptimes.testing.Eventually;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Performs each operation on one node and polls the other until the effect is visible.
 *
 * <p>The delay of a change runs from the end of its response to the end of the other node's first response that shows
 * it; the delay of a transition starts at the target's first changed response. Anything a node may cache is requested
 * there up to a second before the change, at a random time.
 */
final class AgreementRun {

    private static final String PASSWORD = "correct horse battery";
    private static final int PARTITIONS = 256;
    private static final long PATIENCE_MS = 60_000;
    private static final int REMEMBERED_MS = 1_000;

    private final Curl one;
    private final Curl other;
    private final String oneUrl;
    private final String otherUrl;
    private final TargetServer target;
    private final int times;
    private final List<Delays> all = new ArrayList<>();
    private final Random chance = new Random(1);
    private int services;

    AgreementRun(ServiceProcess one, ServiceProcess other, TargetServer target, int times) throws Exception {
        this.oneUrl = one.url();
        this.otherUrl = other.url();
        this.one = new Curl(URI.create(oneUrl).getPort());
        this.other = new Curl(URI.create(otherUrl).getPort());
        this.target = target;
        this.times = times;
    }

    /** Creates the services and waits until the nodes have distributed them and each was checked. */
    void create(int count, int interval) throws Exception {
        services = count;
        JsonArray stock = new JsonArray();
        for (int i = 0; i < count; i++) {
            stock.add(new JsonObject()
                    .put("name", "s" + i)
                    .put("url", target.url("/s" + i))
                    .put("interval", interval)
                    .put("labels", new JsonObject().put("part", "stock")));
        }
        done(send(one, "PUT", "/api/services/bulk", stock.encode()));
        done(send(one, "POST", "/api/setup/complete", password()));
        Eventually.eventually(() -> {
            JsonObject nodes = get(other, "/api/nodes").json();
            expect(
                    nodes.getJsonArray("nodes").stream()
                            .allMatch(node -> ((JsonObject) node).getInteger("partitions") == PARTITIONS / 2),
                    nodes.encode());
        });
        awaitMatching("/api/status?status=up&limit=1", count);
        System.out.printf("%d services, each checked every %d s, two nodes%n", count, interval);
    }

    List<Delays> all() throws Exception {
        services();
        many();
        keys();
        sessions();
        settings();
        transitions();
        return all;
    }

    private Delays delays(String what) {
        Delays delays = new Delays(what);
        all.add(delays);
        System.out.println("... " + what);
        return delays;
    }

    private void services() throws Exception {
        Delays made = delays("a service is made: `/api/status`");
        Delays changed = delays("its description is changed: `/api/status`");
        Delays deleted = delays("it is deleted: `/api/status`");
        Delays told = delays("it is made: `/api/events`");
        Delays waited = delays("it is made: `/api/status?since=…&wait=20`");
        try (EventReader events = events(otherUrl)) {
            for (int i = 0; i < times; i++) {
                String name = "made" + i;
                String path = "/api/services?name=" + name;
                String status = "/api/status?service=" + name;
                String event = String.valueOf(get(other, "/api/status").header("OpenUptimes-Event"));
                CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> waitFor(name, event));
                done(send(one, "POST", "/api/services", service(name)));
                long madeAt = System.currentTimeMillis();
                made.add(millisUntil(() -> get(other, status).text().contains(name)));
                done(send(one, "PATCH", path, "{\"description\":\"another\"}"));
                changed.add(millisUntil(() -> get(other, status).text().contains("another")));
                done(send(one, "DELETE", path, ""));
                deleted.add(millisUntil(() -> !get(other, status).text().contains(name)));
                long toldAt = events.awaitService("saved", name).receivedAt();
                told.add(madeAt, toldAt);
                waited.add(madeAt, waiting.join());
            }
        }
    }

    /** Time of the other node's response to a long poll, epoch milliseconds. */
    private long waitFor(String name, String since) {
        String event = since;
        while (true) {
            JsonObject changes =
                    get(other, "/api/status?wait=20&since=" + event).json();
            if (changes.encode().contains(name)) {
                return System.currentTimeMillis();
            }
            event = changes.getString("event");
        }
    }

    private String service(String name) {
        return new JsonObject()
                .put("name", name)
                .put("url", target.url("/made"))
                .put("paused", true)
                .encode();
    }

    private void many() throws Exception {
        Delays delays = delays("a field of all services is changed in one step: `/api/status?q=`, until it has all");
        for (int i = 0; i < times; i++) {
            String text = "round-" + i + ".";
            done(send(one, "PATCH", "/api/services?label=part=stock", "{\"description\":\"" + text + "\"}"));
            delays.add(millisUntil(
                    () -> get(other, "/api/status?limit=1&q=" + text).json().getInteger("matching") == services));
        }
    }

    private void keys() throws Exception {
        Delays made = delays("a key is made: it is accepted");
        Delays revoked = delays("it is revoked while it is in use: it is refused");
        for (int i = 0; i < times; i++) {
            JsonObject key = done(send(one, "POST", "/api/keys", "{\"name\":\"k\",\"scope\":\"read\"}"))
                    .json();
            // rejected requests are counted per address, with a limit of thirty per minute
            String address = "10.0.0." + i % 250;
            Callable<Boolean> accepted = () -> other.get("/api/services?limit=1")
                            .key(key.getString("key"))
                            .from(address)
                            .status()
                    == 200;
            made.add(millisUntil(accepted));
            useForAWhile(accepted);
            done(send(one, "DELETE", "/api/keys/" + key.getJsonObject("apiKey").getString("id"), ""));
            revoked.add(millisUntil(() -> !accepted.call()));
        }
    }

    private void sessions() throws Exception {
        Delays started = delays("somebody signs in: the session is known");
        Delays ended = delays("signs out, the session in use: it is not known any more");
        for (int i = 0; i < times; i++) {
            Answer in =
                    done(one.call("POST", "/api/auth/login").json(password()).send());
            Callable<Boolean> known = () -> other.get("/api/auth/session")
                    .cookie(in.token())
                    .send()
                    .json()
                    .getBoolean("authenticated");
            started.add(millisUntil(known));
            useForAWhile(known);
            done(one.call("POST", "/api/auth/logout")
                    .cookie(in.token())
                    .with("X-CSRF-Token", in.json().getString("csrfToken"))
                    .send());
            ended.add(millisUntil(() -> !known.call()));
        }
    }

    private void settings() throws Exception {
        Delays site = delays("the site's name is changed: `/api/site`, which is asked for all the time");
        Delays ttl = delays("how long history is kept: `/api/ping-history/ttl`, likewise");
        for (int i = 0; i < times; i++) {
            String name = "Site " + i;
            useForAWhile(() -> other.get("/api/site").status() == 200);
            done(send(one, "PATCH", "/api/site", "{\"siteName\":\"" + name + "\"}"));
            site.add(millisUntil(() ->
                    other.get("/api/site").send().json().getString("siteName").equals(name)));
            int seconds = 86_400 + i;
            useForAWhile(() -> get(other, "/api/ping-history/ttl").status() == 200);
            done(send(one, "PATCH", "/api/ping-history/ttl", "{\"ttl\":" + seconds + "}"));
            ttl.add(millisUntil(() -> get(other, "/api/ping-history/ttl").json().getInteger("ttl") == seconds));
        }
    }

    /** Does not ask which node checks a service; assumes it is the first one to show the transition. */
    private void transitions() throws Exception {
        Delays first = delays("a check finds a target down, or up: `/api/status` of the first node");
        Delays second = delays("from there on: `/api/status` of the other");
        Delays told = delays("from the target's answer: `/api/events` of both nodes");
        try (EventReader ofOne = events(oneUrl);
                EventReader ofOther = events(otherUrl)) {
            for (int i = 0; i < times; i++) {
                String name = "s" + i / 2 % services;
                String to = i % 2 == 0 ? "down" : "up";
                if (to.equals("down")) {
                    target.down("/" + name);
                } else {
                    target.up("/" + name);
                }
                CompletableFuture<Long> seenByOne = CompletableFuture.supplyAsync(() -> seen(one, name, to));
                CompletableFuture<Long> seenByOther = CompletableFuture.supplyAsync(() -> seen(other, name, to));
                long earlier = Math.min(seenByOne.join(), seenByOther.join());
                long later = Math.max(seenByOne.join(), seenByOther.join());
                long answered = target.answeredAt("/" + name);
                first.add(answered, earlier);
                second.add(earlier, later);
                told.add(answered, Math.max(heard(ofOne, name, to), heard(ofOther, name, to)));
            }
        }
    }

    /** When a node showed the status, epoch milliseconds. */
    private static long seen(Curl node, String name, String status) {
        try {
            millisUntil(() -> get(node, "/api/status?service=" + name).text().contains("\"status\":\"" + status + '"'));
            return System.currentTimeMillis();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** When the stream reported the transition, epoch milliseconds; each occurs once. */
    private static long heard(EventReader events, String name, String to) throws Exception {
        return events.await(
                        "transition",
                        data -> data.getString("to").equals(to)
                                && data.getJsonObject("service")
                                        .getString("name")
                                        .equals(name))
                .receivedAt();
    }

    private static EventReader events(String url) {
        return new EventReader(url + "/api/events", "Authorization", "Bearer " + ServiceProcess.KEY);
    }

    private void useForAWhile(Callable<Boolean> use) throws Exception {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(chance.nextInt(REMEMBERED_MS));
        do {
            expect(use.call(), "it is not accepted any more");
            Thread.sleep(10);
        } while (System.nanoTime() < until);
    }

    private static double millisUntil(Callable<Boolean> holds) throws Exception {
        long begun = System.nanoTime();
        while (!holds.call()) {
            expect(System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS), "the other never shows it");
            Thread.sleep(1);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private void awaitMatching(String path, int count) throws Exception {
        Eventually.eventually(() -> {
            Answer answer = get(other, path);
            expect(answer.json().getInteger("matching") == count, answer.text());
        });
    }

    private static String password() {
        return new JsonObject().put("password", PASSWORD).encode();
    }

    private static Answer get(Curl node, String path) {
        return node.get(path).key(ServiceProcess.KEY).send();
    }

    private static Answer send(Curl node, String method, String path, String json) {
        Curl.Call call = node.call(method, path).key(ServiceProcess.KEY);
        return (json.isEmpty() ? call : call.json(json)).send();
    }

    private static Answer done(Answer answer) {
        expect(answer.status() / 100 == 2, String.format(Locale.ROOT, "%d %s", answer.status(), answer.text()));
        return answer;
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
