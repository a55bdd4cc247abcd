package io.openuptimes.web.board;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.ServiceView;
import io.vertx.core.json.JsonObject;

/** {@code GET /api/services} for a large board. */
final class LongServices extends LongAnswers {

    private final Disclosure disclosure;

    LongServices(StatusBoard board, Disclosure disclosure) {
        super(board, true);
        this.disclosure = disclosure;
    }

    @Override
    long version() {
        return board.versions().ofServices();
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
        json.append(new JsonObject(ServiceView.of(segment.service(index), disclosure)).encode());
    }
}
