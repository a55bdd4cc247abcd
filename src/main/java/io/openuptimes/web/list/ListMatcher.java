package io.openuptimes.web.list;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceView;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.FoldedText;
import io.openuptimes.web.board.Shown;

/** Matches services against a list query. */
final class ListMatcher {

    private final ListQuery query;
    private final boolean withHidden;
    private final Disclosure disclosure;
    private final LabelSearch labels;

    /**
     * @param withHidden whether the caller sees hidden services and therefore labels; nobody else can search labels
     * @param disclosure how much of a URL the caller sees and can therefore search
     */
    ListMatcher(ListQuery query, boolean withHidden, Disclosure disclosure) {
        this.query = query;
        this.withHidden = withHidden;
        this.disclosure = disclosure;
        this.labels = new LabelSearch(query.sought());
    }

    boolean matches(BoardEntry entry) {
        Service service = entry.service();
        return (query.states().isEmpty() || query.states().contains(Shown.of(entry)))
                && (query.stale() == null || query.stale() == entry.isStale())
                && (query.warnings() == null || query.warnings() == entry.isWarned())
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
                || FoldedText.contains(ServiceView.url(service, disclosure), sought)
                || (withHidden && labels.isIn(service.labels()));
    }
}
