package io.openuptimes.web.board;

import io.openuptimes.web.http.LongBody;
import io.openuptimes.web.http.Piece;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rendering of a large board.
 *
 * @param bySegment pieces of whole segments, which later renderings reuse
 * @param withHidden whether it contains a hidden service
 * @param upTo all events up to this point are included
 */
public record LongAnswer(
        LongBody body,
        Map<Segment, Piece> bySegment,
        boolean withHidden,
        @Nullable BoardPoint upTo) {}
