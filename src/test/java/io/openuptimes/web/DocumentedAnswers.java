package io.openuptimes.web;

import static io.openuptimes.testing.Await.await;

import io.openuptimes.web.ApiServer.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates every response of an {@link ApiServer} against the OpenAPI document, like a validating proxy. */
final class DocumentedAnswers {

    /** Statuses documented in prose for all operations, and explicitly only for some. */
    private static final Set<Integer> EVERYWHERE = Set.of(400, 405, 414, 431, 500, 501);

    private static @Nullable DocumentedAnswers shared;

    private final Contract contract;
    private final List<Operation> operations;

    private DocumentedAnswers(Contract contract) {
        this.contract = contract;
        this.operations = contract.known().operations().stream()
                .sorted(Comparator.comparing(
                        (Operation operation) -> operation.getOpenAPIPath().contains("{"))) // literal paths win
                .toList();
    }

    static synchronized DocumentedAnswers shared() {
        if (shared == null) {
            Vertx vertx = Vertx.vertx();
            shared = new DocumentedAnswers(Contract.read(vertx));
            await(vertx.close());
        }
        return shared;
    }

    /**
     * @param uri path and query as sent
     * @throws AssertionError if the response violates the document
     */
    void check(String method, String uri, Answer answer) {
        List<String> problems = problems(method, uri, answer);
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    method + " " + uri + " answers " + answer + ", which is not as documented: " + problems);
        }
    }

    private List<String> problems(String method, String uri, Answer answer) {
        boolean head = method.equals("HEAD");
        Operation operation = operation(head ? "GET" : method, Described.path(head ? "GET" : method, uri));
        String type = String.valueOf(answer.header("Content-Type")).replaceAll(";.*", "");
        if (operation == null || (EVERYWHERE.contains(answer.status()) && !documents(operation, answer.status()))) {
            boolean error = uri.startsWith("/api/") && answer.status() >= 400 && !head;
            return error ? contract.problems("Error", new JsonObject(answer.text())) : List.of();
        }
        String id = operation.getOperationId();
        List<String> problems = new ArrayList<>(contract.headerProblems(id, answer.status(), answer::header));
        if (answer.header("Content-Encoding") != null) {
            return problems; // the body is not text
        }
        problems.addAll(
                answer.text().isEmpty()
                        ? contract.problemsWithoutBody(id, answer.status(), type, head)
                        : contract.problems(
                                id, answer.status(), type, Buffer.buffer(answer.text()), uri.contains("fields=")));
        return problems;
    }

    private boolean documents(Operation operation, int status) {
        return contract.documents(operation.getOperationId(), status);
    }

    private @Nullable Operation operation(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.getHttpMethod().name().equals(method))
                .filter(operation -> path.matches(
                        operation.getOpenAPIPath().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst()
                .orElse(null);
    }
}
