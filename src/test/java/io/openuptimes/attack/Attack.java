package io.openuptimes.attack;

import static io.openuptimes.attack.AttackCallers.KEY;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Fuzzes a service started for this purpose with generated requests: first from callers without write access, whose
 * requests must change nothing, then from all callers, and finally a second service from a single caller with the
 * default rate limit.
 *
 * <pre>mvn test-compile exec:exec@attack -Darguments="100000 7"</pre>
 *
 * sends 100,000 requests generated from the seed 7 and prints all violations; exit code 1 if there are any.
 */
final class Attack {

    private static final List<String> STATE =
            List.of("/api/services", "/api/keys", "/api/site", "/api/ping-history/ttl", "/api/setup/status");

    /**
     * Requests per round; a round waits for all responses and uses a new session, since generated requests end
     * sessions.
     */
    private static final int ROUND = 500;

    private final Vertx vertx;
    private final Random random;
    private final AttackReport report;

    private Attack(Vertx vertx, Random random, AttackReport report) {
        this.vertx = vertx;
        this.random = random;
        this.report = report;
    }

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.println("attack: " + count + " requests, seed " + seed);
        long start = System.nanoTime();
        AttackReport report = run(count, seed);
        System.out.println("attack: answers by status " + report.answers());
        System.out.println("attack: answers to incomplete requests " + report.answersToParts());
        report.problems().forEach(problem -> System.out.println("attack: " + problem));
        System.out.println("attack: " + report.problems().size() + " problems in "
                + (System.nanoTime() - start) / 1_000_000_000 + " s");
        System.exit(report.problems().isEmpty() ? 0 : 1);
    }

    static AttackReport run(int count, long seed) throws IOException, InvalidSettingsException {
        AttackReport report = new AttackReport();
        Vertx vertx = Vertx.vertx();
        Attack attack = new Attack(vertx, new Random(seed), report);
        int hurried = count / 10;
        try (TargetServer target = TargetServer.start()) {
            try (RunningApp app = start(Map.of("OPENUPTIMES_RATE_LIMIT", "0"))) {
                attack.byAll(app, target, count - hurried);
            }
            try (RunningApp app = start(Map.of())) {
                attack.inAHurry(app, target, hurried);
            }
        } finally {
            await(vertx.close());
        }
        return report;
    }

    private static RunningApp start(Map<String, String> settings) throws IOException, InvalidSettingsException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("OPENUPTIMES_API_KEY", KEY);
        all.put("OPENUPTIMES_HTTP_INSTANCES", "1");
        all.put("OPENUPTIMES_CHECK_INTERVAL", "86400");
        return RunningApp.start(all);
    }

    private AttackRun requests(RunningApp app, TargetServer target) {
        Contract contract = Contract.read(vertx);
        SchemaValues values = new SchemaValues(contract.document(), target.url("/"), random);
        RequestGenerator generator = new RequestGenerator(contract.document(), values, random);
        return new AttackRun(vertx, app.port(), contract, generator, report);
    }

    private void byAll(RunningApp app, TargetServer target, int count) {
        Curl curl = new Curl(app.port());
        prepare(curl, target);
        AttackCallers callers = new AttackCallers(curl);
        List<Caller> powerless = callers.powerless();
        List<Caller> all = new ArrayList<>(powerless);
        all.addAll(callers.powerful());
        Leftovers leftovers = new Leftovers(curl);
        AttackRun run = requests(app, target);

        String before = state(curl);
        inRounds(run, count / 3, () -> powerless);
        String after = state(curl);
        if (!after.equals(before)) {
            report.problem("callers without a right changed something: " + before + " became " + after);
        }
        inRounds(run, count - count / 3, () -> AttackCallers.and(all, callers.signedIn()));
        auditedByThoseWhoMay(curl);

        await(run.close());
        curl.call("DELETE", "/api/services?label=!none").key(KEY).send();
        if (curl.get("/healthz").send().status() != 200) {
            report.problem("not healthy afterwards");
        }
        leftovers.report(report);
    }

    private void inAHurry(RunningApp app, TargetServer target, int count) {
        prepare(new Curl(app.port()), target);
        AttackRun run = requests(app, target);
        inRounds(run, count, () -> List.of(AttackCallers.NOBODY));
        await(run.close());
    }

    private static void inRounds(AttackRun run, int count, Supplier<List<Caller>> callers) {
        for (int left = count; left > 0; left -= ROUND) {
            await(run.send(Math.min(left, ROUND), callers.get()));
        }
    }

    private static void prepare(Curl curl, TargetServer target) {
        curl.call("POST", "/api/setup/complete")
                .key(KEY)
                .json("{\"password\":\"" + AttackCallers.PASSWORD + "\"}")
                .send();
        for (int i = 0; i < 10; i++) {
            curl.call("POST", "/api/services")
                    .key(KEY)
                    .json("{\"name\":\"Service " + i + "\",\"url\":\"" + target.url("/200") + "\"}")
                    .send();
        }
    }

    /** The state, without fields that change on their own. */
    private static String state(Curl curl) {
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

    /** Checks the callers of all changes in the audit log. */
    private void auditedByThoseWhoMay(Curl curl) {
        String lines = curl.get("/api/audit?failed=false")
                .key(KEY)
                .with("Accept", "application/x-ndjson")
                .send()
                .text();
        TreeSet<String> others = new TreeSet<>();
        int[] bySessions = {0};
        lines.lines().map(JsonObject::new).forEach(entry -> {
            String kind = entry.getJsonObject("by").getString("kind");
            String action = entry.getString("action");
            boolean own = action.equals("login") || action.equals("logout");
            if (kind.equals("anonymous") && !own) {
                others.add(entry.encode());
            }
            bySessions[0] += kind.equals("session") && !own ? 1 : 0;
        });
        others.stream().limit(5).forEach(entry -> report.problem("changed by one who may not: " + entry));
        if (bySessions[0] == 0) {
            report.problem("nothing was changed by a session with its token");
        }
    }
}
