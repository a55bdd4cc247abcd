package io.openuptimes.store.results;

import io.openuptimes.model.LoggedService;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.store.data.CertificateCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Packed;
import io.openuptimes.store.data.PackedReader;
import io.openuptimes.store.data.SharedCertificates;
import io.openuptimes.store.data.StatusCodec;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream in which nodes tell each other which results they have written, so that each node can show all of them.
 *
 * <p>Fields of an entry: {@code o} is the origin, which names the run of a process; {@code n} is the entry's number in
 * that run; {@code s} contains the statuses, packed, as id and {@link StatusCodec} text; {@code c}, present if
 * certificates have changed, contains ids and {@link CertificateCodec} bytes, empty for a removed certificate. Numbers
 * start at 0; a gap reveals a lost entry. A node without company writes nothing.
 */
final class ResultFeed {

    private static final Logger log = LoggerFactory.getLogger(ResultFeed.class);

    /** Older entries are trimmed: some seconds' worth at the highest rate, and some tens of megabytes at most. */
    private static final int MAX_KEPT = 500;

    private static final int USUAL_SIZE = 120;
    private static final int USUAL_CERTIFICATE = 500;
    private static final byte[] GONE = {};

    private final String origin;
    private final BooleanSupplier company;
    private long next;
    private boolean untold;

    /**
     * @param company whether there are other nodes
     */
    ResultFeed(String origin, BooleanSupplier company) {
        this.origin = origin;
        this.company = company;
    }

    /** The entries for written results; none if there is no other node, and {@code statuses} is not called then. */
    List<Request> entries(Supplier<List<ServiceStatus>> statuses, List<SeenCertificate> certificates) {
        if (!company.getAsBoolean()) {
            untold = true;
            return List.of();
        }
        return List.of(entry(statuses.get(), certificates));
    }

    /** An entry that lets nodes that have just joined detect whether they have missed any. */
    List<Request> greeting() {
        return untold ? List.of(entry(List.of(), List.of())) : List.of();
    }

    private Request entry(List<ServiceStatus> statuses, List<SeenCertificate> certificates) {
        if (untold) {
            untold = false;
            next++;
        }
        Packed packed = new Packed(statuses.size() * USUAL_SIZE);
        statuses.forEach(status -> packed.shortText(status.serviceId()).text(StatusCodec.encode(status)));
        Request entry = Request.cmd(Command.XADD)
                .arg(Keys.RESULTS)
                .arg("MAXLEN")
                .arg("~")
                .arg(MAX_KEPT)
                .arg("*")
                .arg("o")
                .arg(origin)
                .arg("n")
                .arg(next++)
                .arg("s")
                .arg(packed.toBytes());
        return certificates.isEmpty() ? entry : entry.arg("c").arg(pack(certificates));
    }

    private static byte[] pack(List<SeenCertificate> certificates) {
        Packed packed = new Packed(certificates.size() * USUAL_CERTIFICATE);
        for (SeenCertificate seen : certificates) {
            ServerCertificate certificate = seen.certificate();
            byte[] bytes = certificate == null ? GONE : CertificateCodec.encode(certificate, seen.urlHash());
            packed.shortText(seen.serviceId()).number(bytes.length).raw(bytes);
        }
        return packed.toBytes();
    }

    /** An entry from any node. */
    record Entry(String origin, long number, List<ServiceStatus> statuses, List<SeenCertificate> certificates) {}

    /**
     * @param fields of an entry
     * @param instances shared certificate instances
     * @return without statuses and certificates that cannot be read
     * @throws IllegalArgumentException if it is malformed
     */
    static Entry decode(Response fields, SharedCertificates instances) {
        String origin = null;
        long number = -1;
        List<ServiceStatus> statuses = null;
        List<SeenCertificate> certificates = List.of();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            Response value = fields.get(i + 1);
            switch (fields.get(i).toString()) {
                case "o" -> origin = value.toString();
                case "n" -> number = value.toLong();
                case "s" -> statuses = statuses(value);
                case "c" -> certificates = certificates(value, instances);
                default -> {} // of a later version
            }
        }
        return entry(origin, number, statuses, certificates);
    }

    private static Entry entry(
            @Nullable String origin,
            long number,
            @Nullable List<ServiceStatus> statuses,
            List<SeenCertificate> certificates) {
        if (origin == null || number < 0 || statuses == null) {
            throw new IllegalArgumentException("it lacks a field");
        }
        return new Entry(origin, number, statuses, certificates);
    }

    private static List<ServiceStatus> statuses(Response packed) {
        List<ServiceStatus> statuses = new ArrayList<>();
        PackedReader in = new PackedReader(packed.toBytes(), 0);
        while (in.hasMore()) {
            String id = in.text(in.octet());
            String status = in.text((int) in.fixed(2));
            try {
                statuses.add(StatusCodec.decodeText(id, status));
            } catch (IllegalArgumentException e) {
                log.warn("a result of {} cannot be read: {}", LoggedService.ofId(id), e.getMessage());
            }
        }
        return statuses;
    }

    private static List<SeenCertificate> certificates(Response packed, SharedCertificates instances) {
        List<SeenCertificate> certificates = new ArrayList<>();
        PackedReader in = new PackedReader(packed.toBytes(), 0);
        while (in.hasMore()) {
            String id = in.text(in.octet());
            byte[] bytes = in.raw((int) in.number());
            SeenCertificate seen = bytes.length == 0 ? new SeenCertificate(id, null) : instances.read(id, bytes);
            if (seen != null) {
                certificates.add(seen);
            }
        }
        return certificates;
    }
}
