package io.openuptimes.web.access;

import static io.openuptimes.bus.AccessMessage.GET_INSTALLATION;

import com.github.benmanes.caffeine.cache.Cache;
import io.openuptimes.bus.AccessMessage.GetInstallation;
import io.openuptimes.bus.Bus;
import io.openuptimes.model.Scope;
import io.openuptimes.runtime.Caches;
import io.openuptimes.web.access.Caller.Kind;
import io.openuptimes.web.http.ApiException;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the caller of a Bearer credential: the configured admin key, the setup token where accepted, or a stored
 * key.
 *
 * <p>An address that has exhausted its failed attempts is rejected before any comparison. The exception is a key that
 * was valid from the same address before; otherwise an attacker behind the same NAT could lock out its owner. A key
 * that is new to the address has to wait.
 */
final class BearerKeys {

    private static final Caller CONFIGURED = new Caller(Kind.CONFIGURED_KEY, "configured", Scope.ADMIN);
    private static final Caller SETUP = new Caller(Kind.SETUP_TOKEN, "setup", null);
    private static final long TIMEOUT = 5_000;

    private final Bus bus;
    private final @Nullable String configuredHash;
    private final SetupToken setupToken;
    private final StoredKeys stored;
    private final FailureLimiter failures;
    /** Address and hash of keys that were valid. */
    private final Cache<String, Boolean> good =
            Caches.atMost(StoredKeys.REMEMBERED).build();

    BearerKeys(
            Bus bus,
            @Nullable String configuredKey,
            SetupToken setupToken,
            StoredKeys stored,
            FailureLimiter failures) {
        this.bus = bus;
        this.configuredHash = configuredKey == null ? null : Secrets.sha256(configuredKey);
        this.setupToken = setupToken;
        this.stored = stored;
        this.failures = failures;
    }

    /** Fails with a 401 or 429, or with the store's failure if a stored key cannot be looked up. */
    Future<Caller> identify(String key, String address, boolean setupTokenCounts) {
        String hash = Secrets.sha256(key);
        String mark = address + ' ' + hash;
        int wait = failures.retryAfter(address);
        boolean wasGood = wasGood(mark);
        if (wait > 0 && !wasGood) {
            return Future.failedFuture(Refusals.tooManyFailures(wait));
        }
        if (configuredHash != null && Secrets.equal(configuredHash, hash)) {
            return welcome(CONFIGURED, mark);
        }
        if (setupTokenCounts && setupToken.matches(key)) {
            return bySetupToken(address);
        }
        String id = IssuedKey.idOf(key);
        if (id == null) {
            return refuse(address, Refusals.invalid());
        }
        Caller fresh = stored.fresh(hash);
        if (fresh != null && stored.hasExpired(fresh)) {
            forget(mark);
            return refuse(address, Refusals.expired());
        }
        return fresh != null ? welcome(fresh, mark) : byStore(id, hash, address, wasGood);
    }

    /**
     * Looks up a previously valid credential again, ignoring the limit on failed attempts.
     *
     * @param anew whether to bypass the cache
     * @return empty if it is no longer valid
     */
    Future<Optional<Caller>> again(String key, boolean anew) {
        if (setupToken.matches(key)) {
            return setupIsOpen().map(open -> open ? Optional.of(SETUP) : Optional.empty());
        }
        String id = IssuedKey.idOf(key);
        if (id == null) {
            return Future.succeededFuture(Optional.empty());
        }
        String hash = Secrets.sha256(key);
        return anew ? stored.findAnew(id, hash) : stored.find(id, hash);
    }

    private Future<Caller> byStore(String id, String hash, String address, boolean wasGood) {
        String mark = address + ' ' + hash;
        boolean counted = !wasGood && !stored.isAsked(hash);
        int wait = counted ? failures.take(address) : 0;
        if (wait > 0) {
            return Future.failedFuture(Refusals.tooManyFailures(wait));
        }
        return stored.find(id, hash).transform(answer -> {
            Optional<Caller> caller = answer.succeeded() ? answer.result() : Optional.empty();
            boolean expired = caller.isPresent() && stored.hasExpired(caller.get());
            if (answer.failed() || (caller.isPresent() && !expired)) {
                if (counted) {
                    failures.giveBack(address);
                }
                return caller.map(found -> welcome(found, mark)).orElseGet(() -> Future.failedFuture(answer.cause()));
            }
            forget(mark);
            ApiException why = expired ? Refusals.expired() : Refusals.invalid();
            return counted ? Future.failedFuture(why) : refuse(address, why);
        });
    }

    /** Asks the store whether the setup is still open, because another node may have completed it. */
    private Future<Caller> bySetupToken(String address) {
        return setupIsOpen()
                .compose(open -> open ? Future.succeededFuture(SETUP) : refuse(address, Refusals.invalid()));
    }

    private Future<Boolean> setupIsOpen() {
        return bus.request(GET_INSTALLATION, new GetInstallation(), TIMEOUT).map(installation -> {
            if (installation.setupCompleted()) {
                setupToken.end();
            }
            return !installation.setupCompleted();
        });
    }

    private Future<Caller> refuse(String address, ApiException why) {
        int wait = failures.take(address);
        return Future.failedFuture(wait > 0 ? Refusals.tooManyFailures(wait) : why);
    }

    private Future<Caller> welcome(Caller caller, String mark) {
        good.put(mark, true);
        return Future.succeededFuture(caller);
    }

    private boolean wasGood(String mark) {
        return good.getIfPresent(mark) != null;
    }

    private void forget(String mark) {
        good.invalidate(mark);
    }
}
