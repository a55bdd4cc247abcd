package io.openuptimes.web.board;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.http.Rendering;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/services} as a whole: one rendering per disclosure, created on first request. */
final class ServicesPages {

    private static final class Kept {
        private final LongAnswers large;
        private @Nullable Rendering small;
        private long version;

        Kept(LongAnswers large) {
            this.large = large;
        }
    }

    private final StatusBoard board;
    private final Map<Disclosure, Kept> kept = new EnumMap<>(Disclosure.class);

    ServicesPages(StatusBoard board) {
        this.board = board;
    }

    private Kept kept(Disclosure disclosure) {
        return kept.computeIfAbsent(disclosure, key -> new Kept(new LongServices(board, key)));
    }

    /** For a large board. */
    Future<LongAnswer> large(Vertx vertx, Disclosure disclosure) {
        return kept(disclosure).large.current(vertx);
    }

    /** For a small board. */
    Rendering small(Disclosure disclosure) {
        Kept page = kept(disclosure);
        Rendering made = page.small;
        if (made == null || page.version != board.versions().ofServices()) {
            made = render(disclosure);
            page.small = made;
            page.version = board.versions().ofServices();
        }
        return made;
    }

    private Rendering render(Disclosure disclosure) {
        StringBuilder json = new StringBuilder("{\"services\":[");
        String separator = "";
        for (BoardEntry entry : board.entries()) {
            json.append(separator).append(new JsonObject(ServiceView.of(entry.service(), disclosure)).encode());
            separator = ",";
        }
        byte[] bytes = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        return new Rendering(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    /** Drops large answers that were not requested recently, and outdated small ones. */
    void dropUnused() {
        for (Kept page : kept.values()) {
            page.large.dropUnused();
            if (page.version != board.versions().ofServices()) {
                page.small = null;
            }
        }
    }
}
