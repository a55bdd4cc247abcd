package io.openuptimes.web.list;

import io.openuptimes.model.Service;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.FoldedText;
import io.openuptimes.web.board.Shown;

/** Whether a service is one of those that are asked for. */
final class ListMatcher {

    private final ListQuery query;
    private final boolean withUrl;

    /**
     * @param withUrl whether the text that is sought may be in the URL
     */
    ListMatcher(ListQuery query, boolean withUrl) {
        this.query = query;
        this.withUrl = withUrl;
    }

    boolean matches(BoardEntry entry) {
        Service service = entry.service();
        return (query.states().isEmpty() || query.states().contains(Shown.of(entry)))
                && (query.stale() == null || query.stale() == entry.isStale())
                && (query.groups().isEmpty() || query.groups().contains(service.group()))
                && (query.names().isEmpty() || query.names().contains(service.name()))
                && query.labels().matches(service.labels())
                && query.within().matches(service.labels())
                && (query.sought().isEmpty() || mentions(service));
    }

    private boolean mentions(Service service) {
        String sought = query.sought();
        return FoldedText.contains(service.name(), sought)
                || FoldedText.contains(service.description(), sought)
                || FoldedText.contains(service.group(), sought)
                || (withUrl && FoldedText.contains(service.url(), sought));
    }
}
