package io.openuptimes.attack;

import static io.openuptimes.testing.Await.await;

import io.openuptimes.attack.GeneratedRequest.Caller;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.testing.Curl;
import io.openuptimes.testing.RunningApp;
import io.openuptimes.testing.TargetServer;
import io.openuptimes.web.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Attacks a service of its own with generated requests: first by callers who may change nothing, whose requests must
 * leave everything as it was, then by all.
 *
 * <pre>mvn test-compile exec:exec@attack -Darguments="100000 7"</pre>
 *
 * sends 100,000 requests that follow from the seed 7, and prints what was wrong; exit code 1 if anything was.
 */
final class Attack {

    private static final String KEY = "an-admin-key-of-the-attack";
    private static final String PASSWORD = "correct horse battery";
    private static final List<String> STATE =
            List.of("/api/services", "/api/keys", "/api/site", "/api/ping-history/ttl", "/api/setup/status");

    private static final long MIB = 1024 * 1024;
    /** Beyond caches, which fill up to their bounds. */
    private static final long MOST_MORE = 64 * MIB;

    private final RunningApp app;
    private final TargetServer target;
    private final Curl curl;
    private final AttackReport report = new AttackReport();

    private Attack(RunningApp app, TargetServer target) {
        this.app = app;
        this.target = target;
        this.curl = new Curl(app.port());
    }

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.println("attack: " + count + " requests, seed " + seed);
        AttackReport report = run(count, seed);
        System.out.println("attack: answers by status " + report.answers());
        report.problems().forEach(problem -> System.out.println("attack: " + problem));
        System.out.println("attack: " + report.problems().size() + " problems");
        System.exit(report.problems().isEmpty() ? 0 : 1);
    }

    static AttackReport run(int count, long seed) throws IOException, InvalidSettingsException {
        Vertx vertx = Vertx.vertx();
        try (TargetServer target = TargetServer.start();
                RunningApp app = RunningApp.start(Map.of(
                        "OPENUPTIMES_API_KEY", KEY,
                        "OPENUPTIMES_RATE_LIMIT", "0",
                        "OPENUPTIMES_HTTP_INSTANCES", "1",
                        "OPENUPTIMES_CHECK_INTERVAL", "86400"))) {
            return new Attack(app, target).run(vertx, count, new Random(seed));
        } finally {
            await(vertx.close());
        }
    }

    private AttackReport run(Vertx vertx, int count, Random random) {
        Contract contract = Contract.read(vertx);
        SchemaValues values = new SchemaValues(contract.document(), target.url("/"), random);
        RequestGenerator generator = new RequestGenerator(contract.document(), values, random);
        AttackRun run = new AttackRun(vertx, app.port(), contract, generator, report);
        curl.call("POST", "/api/setup/complete")
                .key(KEY)
                .json("{\"password\":\"" + PASSWORD + "\"}")
                .send();
        for (int i = 0; i < 10; i++) {
            curl.call("POST", "/api/services")
                    .key(KEY)
                    .json("{\"name\":\"Service " + i + "\",\"url\":\"" + target.url("/200") + "\"}")
                    .send();
        }
        long heap = heapInUse();

        // made and used first: an address that fails often keeps out keys that were never seen from it
        List<Caller> powerless = powerless();
        List<Caller> all = new ArrayList<>(powerless);
        all.add(new Caller("write", 2, bearer(key("write"))));
        all.add(new Caller("write for some", 2, bearer(key("write", "team=t1"))));
        all.add(new Caller("admin", 3, bearer(key("admin"))));
        all.add(new Caller("configured", 3, bearer(KEY)));
        String before = state();
        await(run.send(count / 3, powerless));
        if (!state().equals(before)) {
            report.problem("callers without a right changed something: " + before + " became " + state());
        }
        await(run.send(count - count / 3, all));
        auditedByThoseWhoMay();

        curl.call("DELETE", "/api/services?label=!none").key(KEY).send();
        if (curl.get("/healthz").send().status() != 200) {
            report.problem("not healthy afterwards");
        }
        long more = heapInUse() - heap;
        System.out.println("attack: heap in use " + heap / MIB + " MiB before, " + more / MIB + " more afterwards");
        if (more > MOST_MORE) {
            report.problem("the heap holds " + more / MIB + " MiB more than before");
        }
        return report;
    }

    private static long heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private List<Caller> powerless() {
        List<Caller> callers = new ArrayList<>();
        callers.add(new Caller("nobody", 0, List.of()));
        callers.add(new Caller("read", 1, bearer(key("read"))));
        callers.add(new Caller("read for some", 1, bearer(key("read", "team=t1"))));
        callers.add(new Caller("session without its token", 1, session()));
        String revoked = key("admin");
        curl.call("DELETE", "/api/keys/" + revoked.substring(3, 19)).key(KEY).send();
        callers.add(new Caller("revoked", 0, bearer(revoked)));
        return callers;
    }

    private List<Map.Entry<String, String>> session() {
        String cookie = curl.call("POST", "/api/auth/login")
                .json("{\"password\":\"" + PASSWORD + "\"}")
                .send()
                .header("Set-Cookie");
        return List.of(Map.entry("Cookie", String.valueOf(cookie).replaceAll(";.*", "")));
    }

    private String key(String scope) {
        return key(scope, null);
    }

    private String key(String scope, @Nullable String selector) {
        JsonObject fields =
                new JsonObject().put("name", scope).put("scope", scope).put("selector", selector);
        String key = curl.call("POST", "/api/keys")
                .key(KEY)
                .json(fields.encode())
                .send()
                .json()
                .getString("key");
        curl.get("/api/services").key(key).send();
        return key;
    }

    private static List<Map.Entry<String, String>> bearer(String key) {
        return List.of(Map.entry("Authorization", "Bearer " + key));
    }

    /** Without what changes by itself. */
    private String state() {
        JsonArray state = new JsonArray();
        for (String path : STATE) {
            JsonObject part = curl.get(path).key(KEY).send().json();
            JsonArray keys = part.getJsonArray("keys", new JsonArray());
            keys.forEach(key -> ((JsonObject) key).remove("lastUsed"));
            JsonArray services = part.getJsonArray("services", new JsonArray());
            services.forEach(service -> List.of("status", "lastChecked", "responseTime", "since", "stale")
                    .forEach(((JsonObject) service)::remove));
            state.add(part);
        }
        return state.encode();
    }

    /** Who changed something, as the audit log has it. */
    private void auditedByThoseWhoMay() {
        String lines = curl.get("/api/audit?failed=false")
                .key(KEY)
                .with("Accept", "application/x-ndjson")
                .send()
                .text();
        TreeSet<String> others = new TreeSet<>();
        lines.lines().map(JsonObject::new).forEach(entry -> {
            String kind = entry.getJsonObject("by").getString("kind");
            boolean own = entry.getString("action").equals("login")
                    || entry.getString("action").equals("logout");
            if (kind.equals("anonymous") && !own) {
                others.add(entry.encode());
            }
        });
        others.stream().limit(5).forEach(entry -> report.problem("changed by one who may not: " + entry));
    }
}
