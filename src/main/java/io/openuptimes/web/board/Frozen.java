package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable snapshot of a segment, or of the part that a walk had left, for reading on other threads. */
public final class Frozen {

    /**
     * A snapshot of the whole board.
     *
     * @param changed whether services were added, removed or renamed meanwhile, in which case one may appear twice
     */
    public record Board(List<Frozen> segments, boolean changed) {

        /** All services, each once. */
        public List<Service> services() {
            List<Service> all = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (Frozen segment : segments) {
                for (Service service : segment.services) {
                    if (!changed || seen.add(service.id())) {
                        all.add(service);
                    }
                }
            }
            return all;
        }
    }

    /** Takes a snapshot in slices. */
    static Future<Board> of(StatusBoard board, Vertx vertx) {
        List<Frozen> segments = new ArrayList<>(board.contents().segments().count());
        long before = board.versions().ofServices();
        return board.slices()
                .run(vertx, new BoardWalk(board) {
                    @Override
                    protected void visit(Segment segment, int from) {
                        segments.add(new Frozen(segment, from));
                    }
                })
                .map(done -> new Board(segments, board.versions().ofServices() != before));
    }

    private final Segment segment;
    private final boolean whole;
    private final long version;
    private final long servicesVersion;
    private final Service[] services;
    private final ServiceStatus[] statuses;
    private final Marks[] marks;
    /** Null if no service has locations. */
    private Located @Nullable [] located;
    /** Null if no service has a certificate. */
    private DatedCertificate @Nullable [] certificates;

    Frozen(Segment segment, int from) {
        this.segment = segment;
        whole = from == 0;
        version = segment.version();
        servicesVersion = segment.servicesVersion();
        int size = segment.size() - from;
        services = new Service[size];
        statuses = new ServiceStatus[size];
        marks = new Marks[size];
        for (int i = 0; i < size; i++) {
            BoardEntry entry = segment.get(from + i);
            services[i] = entry.service();
            statuses[i] = entry.status();
            marks[i] = entry.marks();
            keep(i, entry.located());
            keep(i, entry.certificate());
        }
    }

    private void keep(int index, @Nullable Located there) {
        if (there != null) {
            if (located == null) {
                located = new Located[services.length];
            }
            located[index] = there;
        }
    }

    private void keep(int index, @Nullable DatedCertificate certificate) {
        if (certificate != null) {
            if (certificates == null) {
                certificates = new DatedCertificate[services.length];
            }
            certificates[index] = certificate;
        }
    }

    /** For comparison only; its content belongs to the event loop. */
    Segment segment() {
        return segment;
    }

    boolean isWhole() {
        return whole;
    }

    long version() {
        return version;
    }

    long servicesVersion() {
        return servicesVersion;
    }

    public int size() {
        return services.length;
    }

    public Service service(int index) {
        return services[index];
    }

    public ServiceStatus status(int index) {
        return statuses[index];
    }

    public boolean isStale(int index) {
        return marks[index].stale();
    }

    Marks marks(int index) {
        return marks[index];
    }

    @Nullable
    Located located(int index) {
        return located == null ? null : located[index];
    }

    public @Nullable DatedCertificate certificate(int index) {
        return certificates == null ? null : certificates[index];
    }

    boolean isWarned(int index) {
        return BoardEntry.isWarned(services[index], certificate(index));
    }
}
