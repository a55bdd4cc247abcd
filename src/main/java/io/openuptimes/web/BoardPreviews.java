package io.openuptimes.web;

import io.openuptimes.model.Site;
import io.openuptimes.web.board.BoardEntry;
import io.openuptimes.web.board.Counts;
import io.openuptimes.web.board.Shown;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.pages.Preview;
import io.openuptimes.web.pages.Previews;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Builds previews from the board without disclosing anything hidden: a hidden service looks like one that does not
 * exist.
 */
final class BoardPreviews implements Previews {

    /** Maximum time a page waits for the site's name. */
    private static final long PATIENCE_MS = 500;

    private final StatusBoard board;
    private final SiteCache site;

    BoardPreviews(StatusBoard board, SiteCache site) {
        this.board = board;
        this.site = site;
    }

    @Override
    public Future<Preview> status() {
        String state = board.isLoaded() ? verdict(board.counts(false)) : "The status is unknown.";
        return named(name -> new Preview(200, name, name, state));
    }

    @Override
    public Future<Preview> service(String service) {
        if (!board.isLoaded()) {
            return plain();
        }
        BoardEntry entry = board.find(service);
        if (entry == null || !entry.service().visible()) {
            return named(name -> new Preview(404, "Service not found · " + name, name, null));
        }
        String state = state(service, Shown.of(entry));
        return named(name -> new Preview(200, service + " · " + name, name, state));
    }

    @Override
    public Future<Preview> plain() {
        return named(name -> new Preview(200, name, name, null));
    }

    @Override
    public Future<Preview> missing() {
        return named(name -> new Preview(404, "Page not found · " + name, name, null));
    }

    private Future<Preview> named(Function<String, Preview> preview) {
        return site.site()
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .map(Site::siteName)
                .otherwise(Site.DEFAULT_NAME)
                .map(preview);
    }

    private static String verdict(Counts counts) {
        int checked = counts.total() - counts.of(Shown.PAUSED);
        if (checked == 0) {
            return "No services are being checked.";
        }
        return switch (counts.overall()) {
            case UP -> "All systems are up.";
            case DOWN -> "All systems are down.";
            case UNKNOWN -> "The status is unknown.";
            case DEGRADED -> {
                int down = counts.of(Shown.DOWN);
                yield down + " of " + checked + " services " + (down == 1 ? "is" : "are") + " down.";
            }
        };
    }

    private static String state(String service, Shown shown) {
        return shown == Shown.UNKNOWN
                ? "The status of " + service + " is unknown."
                : service + " is " + shown.word() + ".";
    }
}
