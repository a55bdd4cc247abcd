package io.openuptimes.web.board;

import io.openuptimes.model.ServiceFields;
import io.vertx.core.json.JsonObject;

/** {@code GET /api/services} of a large board. */
final class LongServices extends LongAnswers {

    LongServices(StatusBoard board) {
        super(board, true);
    }

    @Override
    long version() {
        return board.servicesVersion();
    }

    @Override
    long versionOf(Frozen frozen) {
        return frozen.servicesVersion();
    }

    @Override
    String head(Counts counts, boolean storeReachable) {
        return "{\"services\":[";
    }

    @Override
    void append(StringBuilder json, Frozen segment, int index) {
        json.append(new JsonObject(ServiceFields.toMap(segment.service(index))).encode());
    }
}
