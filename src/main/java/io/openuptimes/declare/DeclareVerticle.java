package io.openuptimes.declare;

import io.openuptimes.bus.BulkMessage;
import io.openuptimes.bus.BulkMessage.ApplyDeclared;
import io.openuptimes.bus.BulkMessage.BulkAnswer;
import io.openuptimes.bus.BulkMessage.BulkDone;
import io.openuptimes.bus.BulkMessage.BulkRefused;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.DeclareMessage;
import io.openuptimes.bus.DeclareMessage.Declared;
import io.openuptimes.bus.DeclareMessage.DeclaredHold.State;
import io.openuptimes.bus.DeclareMessage.DeclaredProblem;
import io.openuptimes.bus.DeclareMessage.Declarer;
import io.openuptimes.bus.DeclareMessage.HoldDeclared;
import io.openuptimes.bus.DeclareMessage.WhoDeclares;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.model.ProblemCode;
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
 * Polls the services file and the files it refers to once per second, and applies changes to the store. An invalid file
 * is reported and changes nothing; a valid one is retried until the store accepts it.
 */
public final class DeclareVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(DeclareVerticle.class);

    private static final long LOOK_MS = 1_000;
    /** Number of failed attempts before a warning is logged. */
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
    /** Whether the services were refused only for now and are tried again, see {@link #isForLater}. */
    private boolean forLater;

    private @Nullable String delay;
    private int delays;
    private boolean stopped;
    /** Of the services that this node declared last. */
    private @Nullable String digest;
    /** The node whose file applies instead of this node's; null for none. */
    private @Nullable String rival;

    private DeclareVerticle(ServicesFile source, Clock clock) {
        this.source = source;
        this.file = source.path();
        this.clock = clock;
    }

    /**
     * @param environment variables that the file may reference
     * @param clock wall clock
     * @throws InvalidSettingsException if the settings name a file that does not exist
     */
    public static DeclareVerticle of(Settings.Services settings, Map<String, String> environment, Clock clock)
            throws InvalidSettingsException {
        return new DeclareVerticle(ServicesFile.of(settings, environment, clock), clock);
    }

    /**
     * @return fails with {@link InvalidSettingsException} if the file is invalid and the store has no services declared
     *     earlier, because the service would run without checking anything
     */
    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        return bus.serve(DeclareMessage.DECLARED, message -> Future.succeededFuture(state()))
                .compose(served -> vertx.executeBlocking(this::read, false))
                .compose(read -> read == null || read.problemCount() == 0
                        ? Future.succeededFuture(read)
                        : refusedUnlessDeclared(bus, read))
                .onSuccess(read -> {
                    take(read);
                    apply(bus).onComplete(applied -> vertx.setTimer(LOOK_MS, timer -> look(bus)));
                });
    }

    /** If the store cannot be asked, assumes that it has services. */
    private Future<DeclaredServices> refusedUnlessDeclared(Bus bus, DeclaredServices bad) {
        return bus.request(DeclareMessage.WHO_DECLARES, new WhoDeclares())
                .map(Declarer::hasServices)
                .otherwise(true)
                .compose(hasServices -> hasServices
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
        forLater = false;
        latest = DeclaredServices.refused(read.problems(), read.problemCount()); // do not retain the services
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
        return bus.request(DeclareMessage.HOLD_DECLARED, new HoldDeclared(said)).compose(hold -> {
            notDelayed();
            if (hold.state() == State.OTHER) {
                overruled(hold.node());
                return Future.succeededFuture();
            }
            rival = null;
            return bus.request(BulkMessage.APPLY_DECLARED, new ApplyDeclared(now.services()), BulkMessage.TIMEOUT_MS)
                    .onSuccess(answer -> {
                        applied(now, said, answer);
                        DeclareAudit.record(bus, file, clock.millis(), answer);
                    });
        });
    }

    /** Renews this node's claim; declares again if the claim was lost or another node has it now. */
    private Future<?> keep(Bus bus, String said) {
        return bus.request(DeclareMessage.HOLD_DECLARED, new HoldDeclared(said)).onSuccess(hold -> {
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
        if (answer instanceof BulkDone done) {
            wanted = null;
            if (forLater) {
                forLater = false;
                latest = DeclaredServices.none();
            }
            digest = said;
            loadedAt = clock.millis();
            services = now.services().size();
            DeclareLog.done(file, services, done);
        } else if (answer instanceof BulkRefused refused) {
            forLater = isForLater(refused);
            wanted = forLater ? now : null;
            DeclaredServices before = latest;
            latest = DeclaredServices.refused(
                    refused.problems().stream().map(DeclaredServices::problem).toList(), refused.total());
            if (!latest.equals(before)) {
                DeclareLog.refused(file, latest.problems(), latest.problemCount());
            }
        }
    }

    /** Whether the same services are accepted once all nodes have been upgraded. */
    private static boolean isForLater(BulkRefused refused) {
        return refused.total() == refused.problems().size()
                && refused.problems().stream().allMatch(entry -> entry.what().code() == ProblemCode.NOT_YET);
    }

    /** Returns whether there is, was or should be a file. */
    private boolean isThere() {
        return seen || source.isRequired();
    }

    private void notDelayed() {
        delay = null;
        delays = 0;
    }

    /** Warns only after several failures, because the store may not be up yet at startup. */
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
