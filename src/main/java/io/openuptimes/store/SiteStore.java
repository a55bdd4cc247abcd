package io.openuptimes.store;

import io.openuptimes.bus.SiteMessage.ChangeSite;
import io.openuptimes.model.Logo;
import io.openuptimes.model.Site;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The site's looks, among the installation's settings. What is not set is absent or empty. */
final class SiteStore {

    private static final List<String> LOOKS = List.of("siteName", "accent", "footer", "logoVersion");
    private static final List<String> LOGO = List.of("logoType", "logoVersion", "logo");

    private final RedisLink link;

    SiteStore(RedisLink link) {
        this.link = link;
    }

    Future<Site> site() {
        return read(LOOKS)
                .map(fields -> new Site(
                        Objects.requireNonNullElse(text(fields, 0), Site.DEFAULT_NAME),
                        text(fields, 1),
                        Objects.requireNonNullElse(text(fields, 2), ""),
                        text(fields, 3)));
    }

    /** Null where there is none. */
    Future<@Nullable Logo> logo() {
        return read(LOGO).map(fields -> {
            String type = text(fields, 0);
            String version = text(fields, 1);
            String base64 = text(fields, 2);
            return type == null || version == null || base64 == null ? null : new Logo(type, version, base64);
        });
    }

    /** One command, so that nobody ever sees one logo's version with another's bytes. */
    Future<Site> change(ChangeSite change) {
        Request set = Request.cmd(Command.HSET).arg(Keys.SETTINGS);
        boolean given = put(set, "siteName", change.siteName());
        given |= put(set, "accent", change.accent());
        given |= put(set, "footer", change.footer());
        Logo logo = change.logo();
        if (logo != null) {
            given |= put(set, "logoType", logo.type());
            put(set, "logoVersion", logo.version());
            put(set, "logo", logo.base64());
        }
        return given ? link.send(set).compose(done -> site()) : site();
    }

    private static boolean put(Request set, String field, @Nullable String value) {
        if (value != null) {
            set.arg(field).arg(value);
        }
        return value != null;
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
