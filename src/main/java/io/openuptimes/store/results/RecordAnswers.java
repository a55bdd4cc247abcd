package io.openuptimes.store.results;

import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.health.HealthState;
import io.openuptimes.health.Quorum;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.RecordCommands;
import io.openuptimes.store.data.RecordCommands.Answer;
import io.openuptimes.store.data.RecordCommands.Reply;
import io.openuptimes.store.data.ResultWrite;
import io.openuptimes.store.data.StatusCodec;
import io.openuptimes.store.data.StatusCodec.Stored;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interprets the answers of {@code record.lua}: which results are written or rejected, and what to write next. */
final class RecordAnswers {

    private static final Logger log = LoggerFactory.getLogger(RecordAnswers.class);

    /** After this many conflicts, a result is dropped: concurrent writers alone do not cause that many. */
    private static final int MAX_REBASED = 20;

    private final ResultMetrics metrics;
    private final CertificateStore certificates;
    private final Throttle lines = Throttle.oncePer(Duration.ofMinutes(1));

    /**
     * @param metrics count results that were not written
     * @param certificates know which certificates are new
     */
    RecordAnswers(ResultMetrics metrics, CertificateStore certificates) {
        this.metrics = metrics;
        this.certificates = certificates;
    }

    /**
     * @param calls the results of each call
     * @param answers the answer to each call
     */
    Written read(List<List<Pending>> calls, List<@Nullable Response> answers) {
        Written written = new Written();
        for (int i = 0; i < calls.size(); i++) {
            List<Pending> results = calls.get(i);
            List<Reply> replies = RecordCommands.replies(
                    answers.get(i), results.stream().map(Pending::write).toList());
            for (int k = 0; k < results.size(); k++) {
                read(results.get(k), replies.get(k), written);
            }
        }
        return written;
    }

    private void read(Pending pending, Reply reply, Written written) {
        switch (reply.answer()) {
            case WRITTEN, REPEATED -> written(pending, reply, written);
            case GONE -> written.refused++;
            case LATER -> ofLaterVersion(pending, written);
            case CLEARED -> written.next.add(pending.with(pending.write().beginning()));
            case OTHER_STATE -> otherState(pending, reply, written);
            case SUPERSEDED -> {
                written.refused++;
                if (!pending.again()) {
                    metrics.resultSuperseded();
                    correct(pending, stored(pending, reply), written);
                }
            }
        }
    }

    private static @Nullable Stored stored(Pending pending, Reply reply) {
        byte[] packed = reply.stored();
        return packed == null ? null : decode(pending.write().id(), packed);
    }

    private static @Nullable Stored decode(String id, byte[] packed) {
        try {
            return StatusCodec.decodeStored(id, packed);
        } catch (IllegalArgumentException e) {
            log.error("the status of {} cannot be read: {}", LoggedService.ofId(id), e.getMessage());
            return null;
        }
    }

    /** Should not happen: later versions write such a status only once all listed nodes can read it. */
    private void ofLaterVersion(Pending pending, Written written) {
        pending.fail();
        written.refused++;
        metrics.resultDropped();
        if (lines.passes()) {
            log.error(
                    "results are dropped, for example of {}: a later version wrote the stored status, which this one keeps."
                            + " Upgrade this node",
                    LoggedService.ofId(pending.result().serviceId()));
        }
    }

    /** After a conflict: judges the result again by the stored state, if it is newer than that. */
    private void otherState(Pending pending, Reply reply, Written written) {
        ResultWrite write = pending.write();
        Stored stored = stored(pending, reply);
        HealthState state = state(reply, stored);
        if (pending.rebased() >= MAX_REBASED) {
            log.error(
                    "a result of {} cannot be written and is dropped",
                    LoggedService.ofId(pending.result().serviceId()));
            written.refused++;
            metrics.resultDropped();
            correct(pending, stored, written);
        } else if (write.adopted()) {
            adoptAgain(pending, state, reply, written);
        } else if (state.lastChecked() < pending.result().timestamp()) {
            written.next.add(pending.rebasedTo(write.following(state)));
        } else {
            outdated(pending, stored, written);
        }
    }

    /** The stored state, even if the status cannot be decoded. */
    private static HealthState state(Reply reply, @Nullable Stored stored) {
        byte[] packed = reply.stored();
        return stored != null
                ? stored.health()
                : packed == null ? HealthState.UNCHECKED : StatusCodec.unreadable(packed);
    }

    private void outdated(Pending pending, @Nullable Stored stored, Written written) {
        written.refused++;
        if (!pending.again()) {
            metrics.resultOutdated();
            correct(pending, stored, written);
        }
    }

    /**
     * The service has adopted another location's result in the meantime, so the verdict of all locations is formed
     * again. If this write was sent before, it may already be stored.
     */
    private void adoptAgain(Pending pending, HealthState state, Reply reply, Written written) {
        ResultWrite write = pending.write();
        boolean sentBefore = pending.again() || pending.resent();
        if (sentBefore && state.lastChecked() >= write.result().timestamp()) {
            outdated(pending, null, written);
        } else if (isAdopted(write, reply)) {
            written.next.add(pending.rebasedTo(write.adoptedBy(state)));
        }
    }

    private static void correct(Pending pending, @Nullable Stored stored, Written written) {
        if (stored != null && pending.write().verdict().announced()) {
            written.corrected.add(
                    new Correction(stored.status(), pending.result().timestamp()));
            written.states.put(pending.write().id(), stored.health());
        }
    }

    private void written(Pending pending, Reply reply, Written written) {
        ResultWrite write = pending.write();
        written.stored.add(pending);
        if (!write.verdict().announced()) {
            written.unannounced.add(write.status());
        } else if (pending.rebased() > 0 || write.begins()) {
            written.corrected.add(new Correction(write.status(), write.result().timestamp()));
        }
        if (pending.rebased() > 0 || write.begins()) {
            written.states.put(write.id(), write.after());
        }
        if (write.turns()) {
            written.outboxes.add(Keys.partition(write.id()));
            if (!pending.again()) {
                written.transitions.add(write.transition());
            }
        }
        SeenCertificate change =
                write.isLocated() || write.viewpoint() == null ? certificates.change(write.result()) : null;
        if (change != null) {
            written.certificates.add(change);
        }
        if (write.isLocated() && !pending.again()) {
            adopt(pending, reply, written);
        }
    }

    /** Queues a location's result for the service as well, if it agrees with the verdict of all locations. */
    private static void adopt(Pending pending, Reply reply, Written written) {
        ResultWrite write = pending.write();
        Stored service = decoded(write.wanted(), reply.others(), 0);
        boolean before = reply.answer() == Answer.REPEATED;
        if (service == null
                || (before && service.health().lastChecked() >= write.result().timestamp())) {
            return; // deleted, or already adopted
        }
        if (isAdopted(write, reply)) {
            written.next.add(new Pending(write.adoptedBy(service.health()), pending.written(), false));
        }
    }

    private static boolean isAdopted(ResultWrite write, Reply reply) {
        List<String> ids = write.wanted();
        List<HealthState> others = new ArrayList<>();
        for (int i = 1; i < ids.size(); i++) {
            Stored other = decoded(ids, reply.others(), i);
            if (other != null) {
                others.add(other.health());
            }
        }
        return Quorum.adopts(write.result(), write.statusThere(), Objects.requireNonNull(write.viewpoint()), others);
    }

    private static @Nullable Stored decoded(List<String> ids, List<byte @Nullable []> packed, int index) {
        byte[] status = packed.get(index);
        return status == null ? null : decode(ids.get(index), status);
    }
}
