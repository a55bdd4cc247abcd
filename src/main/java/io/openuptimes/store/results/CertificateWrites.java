package io.openuptimes.store.results;

import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.store.data.CertificateCodec;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each certificate separately, so that one refused by Redis does not block the others. */
final class CertificateWrites {

    private static final Logger log = LoggerFactory.getLogger(CertificateWrites.class);

    private final Link link;
    private final Throttle lines = Throttle.oncePer(Duration.ofMinutes(1));

    CertificateWrites(Link link) {
        this.link = link;
    }

    /** Never fails: a service's next check provides the certificate again. */
    Future<List<SeenCertificate>> write(List<SeenCertificate> certificates) {
        List<SeenCertificate> written = new ArrayList<>();
        List<Future<@Nullable Response>> answers = certificates.stream()
                .map(seen -> link.send(request(seen))
                        .onSuccess(done -> written.add(seen))
                        .onFailure(this::lost))
                .toList();
        return Future.join(answers).transform(done -> Future.succeededFuture(List.copyOf(written)));
    }

    private static Request request(SeenCertificate seen) {
        String id = seen.serviceId();
        String key = Keys.certificates(Keys.partition(id));
        ServerCertificate certificate = seen.certificate();
        return certificate == null
                ? Request.cmd(Command.HDEL).arg(key).arg(id)
                : Request.cmd(Command.HSET).arg(key).arg(id).arg(CertificateCodec.encode(certificate, seen.urlHash()));
    }

    private void lost(Throwable cause) {
        long before = lines.pass();
        if (before != Throttle.HELD_BACK) {
            log.warn(
                    "{} certificates could not be written: {}; the next checks try again",
                    before + 1,
                    cause.getMessage());
        }
    }
}
