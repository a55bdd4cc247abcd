package io.openuptimes.declare;

import io.openuptimes.bus.Addresses;
import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyDeclared;
import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.BulkRefused;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.DeclareMessage.Declared;
import io.openuptimes.bus.DeclareMessage.DeclaredHold.State;
import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.bus.DeclareMessage.Declarer;
import io.openuptimes.bus.DeclareMessage.HoldDeclared;
import io.openuptimes.bus.DeclareMessage.WhoDeclares;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the file of services, and the files that it refers to, once a second, and has the store hold what it says when
 * that has changed. A bad file is reported and changes nothing; what a good one says is kept until the store takes it.
 */
public final class DeclareVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DeclareVerticle.class);

    private static final long LOOK_MS = 1_000;
    /** Attempts after which it is said that the store does not take what it is to. */
    private static final int TOLD_AT = 3;

    private final ServicesFile source;
    private final Path file;
    private final Clock clock;

    private boolean seen;
    private final Undeclared undeclared = new Undeclared();
    private @Nullable Long loadedAt;
    private int services;
    private @Nullable DeclaredServices wanted;
    private DeclaredServices latest = DeclaredServices.none();
    private @Nullable String delay;
    private int delays;
    private boolean stopped;
    /** Of what this node has declared last. */
    private @Nullable String digest;
    /** The node whose file counts, where this one's does not. */
    private @Nullable String rival;

    private DeclareVerticle(ServicesFile source, Clock clock) {
        this.source = source;
        this.file = source.path();
        this.clock = clock;
    }

    /**
     * @param environment for the variables that the file names
     * @param clock tells the time of day
     * @throws InvalidSettingsException if the settings name a file that does not exist
     */
    public static DeclareVerticle of(Settings.Services settings, Map<String, String> environment, Clock clock)
            throws InvalidSettingsException {
        return new DeclareVerticle(ServicesFile.of(settings, environment, clock), clock);
    }

    /**
     * @return fails with {@link InvalidSettingsException} if the file is bad and the store holds no services that an
     *     earlier one declared: the service would run and check nothing
     */
    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        return bus.serve(Addresses.DECLARED, message -> Future.succeededFuture(state()))
                .compose(served -> vertx.executeBlocking(this::read, false))
                .compose(read -> read == null || read.problemCount() == 0
                        ? Future.succeededFuture(read)
                        : refusedUnlessDeclared(bus, read))
                .onSuccess(read -> {
                    take(read);
                    apply(bus).onComplete(applied -> vertx.setTimer(LOOK_MS, timer -> look(bus)));
                });
    }

    /** A store that cannot be asked may hold declared services. */
    private Future<DeclaredServices> refusedUnlessDeclared(Bus bus, DeclaredServices bad) {
        return bus.request(Addresses.WHO_DECLARES, new WhoDeclares())
                .map(Declarer::services)
                .otherwise(1L)
                .compose(declared -> declared > 0
                        ? Future.succeededFuture(bad)
                        : Future.failedFuture(new InvalidSettingsException(bad.problems().stream()
                                .map(problem -> file + ": " + problem)
                                .toList())));
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return Future.succeededFuture();
    }

    private void look(Bus bus) {
        if (stopped) {
            return;
        }
        vertx.executeBlocking(this::read, false)
                .onSuccess(this::take)
                .onFailure(failure -> log.error("cannot read {}", file, failure))
                .transform(read -> apply(bus))
                .onComplete(applied -> vertx.setTimer(LOOK_MS, timer -> look(bus)));
    }

    private @Nullable DeclaredServices read() {
        return source.read(isThere());
    }

    private void take(@Nullable DeclaredServices read) {
        if (read == null) {
            return;
        }
        seen = true;
        if (read.problemCount() == 0) {
            wanted = read;
        } else if (!read.equals(latest)) {
            DeclareLog.refused(file, read.problems(), read.problemCount());
        }
        latest = DeclaredServices.refused(read.problems(), read.problemCount()); // not what it holds besides
    }

    private Future<?> apply(Bus bus) {
        if (stopped) {
            return Future.succeededFuture();
        }
        DeclaredServices now = wanted;
        String known = digest;
        if (now != null) {
            return vertx.executeBlocking(now::digest, false)
                    .compose(said -> declare(bus, now, said))
                    .onFailure(this::delayed);
        }
        if (known != null) {
            return keep(bus, known);
        }
        return isThere()
                ? Future.succeededFuture()
                : undeclared.release(bus).onSuccess(done -> notDelayed()).onFailure(this::delayed);
    }

    private Future<?> declare(Bus bus, DeclaredServices now, String said) {
        return bus.request(Addresses.HOLD_DECLARED, new HoldDeclared(said)).compose(hold -> {
            notDelayed();
            if (hold.state() == State.OTHER) {
                overruled(hold.node());
                return Future.succeededFuture();
            }
            rival = null;
            return bus.request(Addresses.APPLY_DECLARED, new ApplyDeclared(now.services()), BulkMessage.TIMEOUT_MS)
                    .onSuccess(answer -> {
                        applied(now, said, answer);
                        DeclareAudit.record(bus, file, clock.millis(), answer);
                    });
        });
    }

    /** Goes on declaring; and declares anew where that was forgotten meanwhile, or another node does now. */
    private Future<?> keep(Bus bus, String said) {
        return bus.request(Addresses.HOLD_DECLARED, new HoldDeclared(said)).onSuccess(hold -> {
            if (hold.state() == State.TAKEN || hold.state() == State.OTHER) {
                digest = null;
                source.repeat();
            }
        });
    }

    private void overruled(String node) {
        if (!node.equals(rival)) {
            log.error(
                    "{} was not applied: the file of node {} declares other services, and counts while that node runs."
                            + " Give all nodes the same file",
                    file,
                    node);
        }
        rival = node;
    }

    private void applied(DeclaredServices now, String said, BulkAnswer answer) {
        wanted = null;
        if (answer instanceof BulkDone done) {
            digest = said;
            loadedAt = clock.millis();
            services = now.services().size();
            DeclareLog.done(file, services, done);
        } else if (answer instanceof BulkRefused refused) {
            List<DeclaredProblem> problems =
                    refused.problems().stream().map(DeclaredServices::problem).toList();
            latest = DeclaredServices.refused(problems, refused.total());
            DeclareLog.refused(file, problems, refused.total());
        }
    }

    /** Or was once, or should be. */
    private boolean isThere() {
        return seen || source.isRequired();
    }

    private void notDelayed() {
        delay = null;
        delays = 0;
    }

    /** At the start the store may not be there yet. */
    private void delayed(Throwable failure) {
        delay = String.valueOf(failure.getMessage());
        if (++delays == TOLD_AT && isThere()) {
            log.warn("{} cannot be applied yet: {}; trying again", file, delay);
        }
    }

    private Declared state() {
        List<DeclaredProblem> problems = new ArrayList<>(latest.problems());
        if (delay != null) {
            problems.add(DeclaredProblem.ofFile("store", delay + "; retrying"));
        }
        if (rival != null) {
            problems.add(DeclaredProblem.ofFile(
                    "file",
                    "is not applied: node " + rival
                            + " has a services file with other content, which applies while that node runs"));
        }
        int more = problems.size() - latest.problems().size();
        return new Declared(
                isThere() ? file.toString() : null, loadedAt, services, problems, latest.problemCount() + more);
    }
}
