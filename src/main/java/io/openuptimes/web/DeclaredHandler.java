package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.DeclareMessage;
import io.openuptimes.bus.DeclareMessage.Declared;
import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.bus.DeclareMessage.GetDeclared;
import io.openuptimes.model.Scope;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/services/declared}: whether the services match their file, and the file's problems if not. */
final class DeclaredHandler {

    private static final long TIMEOUT_MILLIS = 5_000;

    private final Bus bus;

    DeclaredHandler(Bus bus) {
        this.bus = bus;
    }

    static List<Endpoint> of(WebContext web) {
        return new DeclaredHandler(web.bus()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.guarded(
                "getDeclaredServices", HttpMethod.GET, "/api/services/declared", Scope.READ, this::declared));
    }

    private void declared(RoutingContext context) {
        bus.request(DeclareMessage.DECLARED, new GetDeclared(), TIMEOUT_MILLIS)
                .onSuccess(declared -> Answers.json(context, answer(declared)))
                .onFailure(context::fail);
    }

    private static JsonObject answer(Declared declared) {
        JsonArray problems = new JsonArray();
        declared.problems().forEach(problem -> problems.add(answer(problem)));
        return new JsonObject()
                .put("file", declared.file())
                .put("loadedAt", declared.loadedAt())
                .put("services", declared.services())
                .put("problems", problems)
                .put("problemCount", declared.problemCount());
    }

    private static JsonObject answer(DeclaredProblem problem) {
        JsonObject answer = new JsonObject().put("entry", problem.entry()).put("name", problem.name());
        return Errors.withProblem(answer, problem.what())
                .put("problem", problem.what().text());
    }
}
