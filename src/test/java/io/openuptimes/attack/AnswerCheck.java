package io.openuptimes.attack;

import io.openuptimes.web.Contract;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates responses against the OpenAPI document: status, body schema and presence of a body. */
final class AnswerCheck {

    private static final int NOT_MODIFIED = 304;
    private static final int TOO_MANY = 429;

    private final Contract contract;
    private final AttackReport report;

    AnswerCheck(Contract contract, AttackReport report) {
        this.contract = contract;
        this.report = report;
    }

    /**
     * @param body null if it was not read completely
     */
    record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String retryAfter,
            @Nullable Buffer body) {

        String type() {
            return String.valueOf(contentType).replaceAll(";.*", "");
        }
    }

    void check(GeneratedRequest request, Answer answer) {
        report.answered(request.manner(), answer.status());
        List<String> problems = problems(request, answer);
        if (!problems.isEmpty()) {
            report.problem(answer.status() + ", " + problems + ": " + shortened(answer.body()) + " for " + request);
        }
        if (answer.status() == TOO_MANY && answer.retryAfter() == null) {
            report.problem("429 without Retry-After for " + request);
        }
    }

    private List<String> problems(GeneratedRequest request, Answer answer) {
        Buffer body = answer.body();
        boolean head = request.method().equals("HEAD");
        if (body == null) {
            return contract.problemsWithoutBody(request.operationId(), answer.status(), answer.type(), true);
        }
        if (body.length() == 0) {
            return contract.problemsWithoutBody(request.operationId(), answer.status(), answer.type(), head);
        }
        if (head || answer.status() == NOT_MODIFIED) {
            return List.of("with a body, which it may not have");
        }
        boolean some = answer.status() == 200 && request.uri().contains("fields=");
        return contract.problems(request.operationId(), answer.status(), answer.type(), body, some);
    }

    private static String shortened(@Nullable Buffer body) {
        String text = String.valueOf(body);
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
