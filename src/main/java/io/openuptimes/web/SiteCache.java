package io.openuptimes.web;

import static io.openuptimes.bus.SiteMessage.GET_LOGO;
import static io.openuptimes.bus.SiteMessage.GET_SITE;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.SiteMessage.GetLogo;
import io.openuptimes.bus.SiteMessage.GetSite;
import io.openuptimes.model.Site;
import io.openuptimes.web.access.ShortMemory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the site's settings for less than a second, or for longer while the store is unreachable; the logo's bytes are
 * kept until it changes. One instance serves the whole process, so that all event loops see a change at once.
 * Thread-safe; futures may complete on any thread.
 */
public final class SiteCache {

    private static final String ALL = "site";
    private static final long TIMEOUT = 5_000;

    private final Bus bus;
    private final ShortMemory<Site> memory;
    private volatile @Nullable Site last;
    private volatile @Nullable Image lastImage;

    /** A logo, ready to send. */
    record Image(String type, String version, Buffer bytes) {}

    /**
     * @param nanoClock as {@link System#nanoTime}
     */
    public SiteCache(Bus bus, LongSupplier nanoClock) {
        this.bus = bus;
        this.memory = new ShortMemory<>(10, nanoClock);
    }

    Future<Site> site() {
        return memory.find(ALL, () -> bus.request(GET_SITE, new GetSite(), TIMEOUT)
                        .map(answer -> Optional.of(answer.site())))
                .map(Optional::orElseThrow)
                .onSuccess(site -> last = site)
                .recover(failure -> {
                    Site known = last;
                    return known == null ? Future.failedFuture(failure) : Future.succeededFuture(known);
                });
    }

    /** Empty if there is no logo. */
    Future<Optional<Image>> logo() {
        return site().compose(site -> {
            String version = site.logoVersion();
            Image known = lastImage;
            if (version == null) {
                return Future.succeededFuture(Optional.empty());
            }
            if (known != null && known.version().equals(version)) {
                return Future.succeededFuture(Optional.of(known));
            }
            return bus.request(GET_LOGO, new GetLogo(), TIMEOUT)
                    .map(answer -> Optional.ofNullable(answer.logo()).map(logo -> {
                        Buffer bytes = Buffer.buffer(Base64.getDecoder().decode(logo.base64()));
                        Image image = new Image(logo.type(), logo.version(), bytes);
                        lastImage = image;
                        return image;
                    }));
        });
    }

    /** Discards the cache after a change. */
    void changed() {
        memory.forgetAll();
    }
}
