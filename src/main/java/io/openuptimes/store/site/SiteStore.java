package io.openuptimes.store.site;

import io.openuptimes.bus.SiteMessage.ChangeSite;
import io.openuptimes.model.Logo;
import io.openuptimes.model.Site;
import io.openuptimes.store.changes.Commits;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The site's appearance, stored in the installation's settings. Unset values are absent or empty. */
final class SiteStore {

    private static final List<String> LOOKS = List.of("siteName", "accent", "footer", "logoVersion", "groupOrder");
    private static final List<String> LOGO = List.of("logoType", "logoVersion", "logo");

    private final Link link;
    private final Commits commits;

    SiteStore(Link link, Commits commits) {
        this.link = link;
        this.commits = commits;
    }

    Future<Site> site() {
        return read(LOOKS)
                .map(fields -> new Site(
                        Objects.requireNonNullElse(text(fields, 0), Site.DEFAULT_NAME),
                        text(fields, 1),
                        Objects.requireNonNullElse(text(fields, 2), ""),
                        text(fields, 3),
                        names(text(fields, 4))));
    }

    /** Null if there is none. */
    Future<@Nullable Logo> logo() {
        return read(LOGO).map(fields -> {
            String type = text(fields, 0);
            String version = text(fields, 1);
            String base64 = text(fields, 2);
            return type == null || version == null || base64 == null ? null : new Logo(type, version, base64);
        });
    }

    /** Uses one command, so that nobody sees one logo's version with another's bytes. */
    Future<Site> change(ChangeSite change) {
        List<Object> set = new ArrayList<>(List.of("HSET", Keys.SETTINGS));
        put(set, "siteName", change.siteName());
        put(set, "accent", change.accent());
        put(set, "footer", change.footer());
        List<String> order = change.groupOrder();
        if (order != null) {
            put(set, "groupOrder", new JsonArray(order).encode());
        }
        Logo logo = change.logo();
        if (logo != null) {
            put(set, "logoType", logo.type());
            put(set, "logoVersion", logo.version());
            put(set, "logo", logo.base64());
        }
        if (set.size() == 2) {
            return site();
        }
        // read first, so that nothing can fail once the change is committed
        return site().compose(before -> commits.run(set.toArray()).map(done -> changed(before, change)));
    }

    private static Site changed(Site before, ChangeSite change) {
        Logo logo = change.logo();
        return new Site(
                Objects.requireNonNullElse(change.siteName(), before.siteName()),
                change.accent() == null ? before.accent() : text(change.accent()),
                Objects.requireNonNullElse(change.footer(), before.footer()),
                logo == null ? before.logoVersion() : text(logo.version()),
                Objects.requireNonNullElse(change.groupOrder(), before.groupOrder()));
    }

    /** Parses a JSON list; treats anything else, as written by another version, as no order. */
    private static List<String> names(@Nullable String json) {
        try {
            return json == null
                    ? List.of()
                    : new JsonArray(json).stream().map(String::valueOf).toList();
        } catch (DecodeException e) {
            return List.of();
        }
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void put(List<Object> set, String field, @Nullable String value) {
        if (value != null) {
            set.add(field);
            set.add(value);
        }
    }

    private Future<@Nullable Response> read(List<String> fields) {
        Request get = Request.cmd(Command.HMGET).arg(Keys.SETTINGS);
        fields.forEach(get::arg);
        return link.send(get);
    }

    private static @Nullable String text(@Nullable Response fields, int index) {
        Response field = fields == null ? null : fields.get(index);
        String text = field == null ? "" : field.toString();
        return text.isEmpty() ? null : text;
    }
}
