package io.openuptimes.web;

import static io.openuptimes.bus.SiteMessage.CHANGE_SITE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.SiteMessage.ChangeSite;
import io.openuptimes.config.Version;
import io.openuptimes.model.Logo;
import io.openuptimes.model.Scope;
import io.openuptimes.model.Site;
import io.openuptimes.web.access.Access;
import io.openuptimes.web.audit.AuditNote;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.ApiException;
import io.openuptimes.web.http.CacheControl;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.EntityTags;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Fields;
import io.openuptimes.web.http.JsonBody;
import io.openuptimes.web.http.Mount;
import io.openuptimes.web.http.Query;
import io.openuptimes.web.http.SecurityHeaders;
import io.openuptimes.web.intake.BodyReader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/site}: name, colour, footer and logo of the pages, and group order. Texts are plain data; the pages
 * escape them.
 */
public final class SiteHandler {

    static final int MAX_NAME = 100;
    static final int MAX_FOOTER = 2000;
    static final int MAX_GROUPS = 500;
    static final int MAX_GROUP = 100;

    private static final Logger log = LoggerFactory.getLogger(SiteHandler.class);
    private static final String LOGO = "/api/site/logo";
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    private final Bus bus;
    private final SiteCache cache;

    public SiteHandler(Bus bus, SiteCache cache) {
        this.bus = bus;
        this.cache = cache;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open("getSite", GET, "/api/site", this::get),
                Endpoint.open("getSiteLogo", GET, LOGO, this::logo).taking("v"),
                Endpoint.guarded("changeSite", PATCH, "/api/site", Scope.ADMIN, this::change));
    }

    private void get(RoutingContext context) {
        whenHere(
                context,
                cache.site(),
                (here, site) ->
                        Answers.tagged(here, shown(here, new JsonObject(), site).toBuffer()));
    }

    private void change(RoutingContext context) {
        ChangeSite change = changes(JsonBody.required(context));
        whenHere(context, cache.site(), (here, old) -> bus.request(CHANGE_SITE, change)
                .onFailure(here::fail)
                .onSuccess(changed -> {
                    cache.changed();
                    note(AuditNote.of(here), old, changed.site());
                    log.info("site settings changed by {}", Access.caller(here).id());
                    Answers.json(here, shown(here, new JsonObject().put("success", true), changed.site()));
                }));
    }

    private static void note(AuditNote note, Site old, Site now) {
        note.changed("siteName", old.siteName(), now.siteName())
                .changed("accent", old.accent(), now.accent())
                .changed("footer", old.footer(), now.footer())
                .changed("logo", old.logoVersion(), now.logoVersion())
                .changed("groupOrder", old.groupOrder(), now.groupOrder());
    }

    /** A null resets the field to its default. */
    static ChangeSite changes(Map<String, Object> body) {
        Fields fields = Fields.of(body, "siteName", "accent", "footer", "logo", "groupOrder");
        String siteName = fields.optionalName("siteName", 1, MAX_NAME);
        String accent = fields.optional("accent", 7, 7);
        if (accent != null && !COLOUR.matcher(accent).matches()) {
            throw Errors.invalid("accent", "must be a colour such as #0b6b5d, or null");
        }
        String footer = fields.optional("footer", 0, MAX_FOOTER);
        if (footer != null && footer.codePoints().anyMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0)) {
            throw Errors.invalid("footer", "must not contain control characters other than line breaks and tabs");
        }
        String logo = fields.optional("logo", 1, BodyReader.MAX_BYTES);
        List<String> groupOrder = fields.optionalNames("groupOrder", MAX_GROUPS, MAX_GROUP);
        return new ChangeSite(
                siteName == null && body.containsKey("siteName") ? Site.DEFAULT_NAME : siteName,
                accent == null && body.containsKey("accent") ? "" : accent,
                footer == null && body.containsKey("footer") ? "" : footer,
                logo != null ? LogoUpload.parse(logo) : body.containsKey("logo") ? Logo.NONE : null,
                groupOrder == null && body.containsKey("groupOrder") ? List.of() : groupOrder);
    }

    private static JsonObject shown(RoutingContext context, JsonObject json, Site site) {
        return json.put("siteName", site.siteName())
                .put("accent", site.accent())
                .put("footer", site.footer())
                .put("groupOrder", new JsonArray(site.groupOrder()))
                .put("logo", site.logoVersion() == null ? null : Mount.of(context) + LOGO + "?v=" + site.logoVersion())
                .put("version", Version.CURRENT);
    }

    private void logo(RoutingContext context) {
        String version = Query.of(context).text("v");
        whenHere(context, cache.logo(), (here, found) -> {
            if (found.isEmpty()) {
                here.fail(new ApiException(404, "No logo is set"));
            } else {
                answer(here, found.get(), version);
            }
        });
    }

    /** An image requested by its current version may be cached; otherwise clients must revalidate. */
    private static void answer(RoutingContext context, SiteCache.Image image, @Nullable String version) {
        HttpServerResponse response = context.response();
        SecurityHeaders.putForImage(response);
        response.putHeader(
                HttpHeaders.CACHE_CONTROL,
                image.version().equals(version) ? CacheControl.IMMUTABLE : CacheControl.NO_CACHE);
        if (!EntityTags.answerKnown(context, image.version(), false)) {
            Answers.lasting(context, image.type(), image.bytes());
        }
    }

    /** The shared lookup may complete on another thread; the request continues on its own event loop. */
    private static <T> void whenHere(RoutingContext context, Future<T> lookup, BiConsumer<RoutingContext, T> then) {
        Context own = context.vertx().getOrCreateContext();
        lookup.onComplete(
                found -> own.runOnContext(here -> then.accept(context, found)),
                failure -> own.runOnContext(here -> context.fail(failure)));
    }
}
