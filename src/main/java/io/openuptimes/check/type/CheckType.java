package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.model.Service;
import io.openuptimes.model.SpecType;
import java.util.Set;

/**
 * A way to check a service, such as HTTP. Each has a package below this one and a line in {@link CheckTypes}.
 *
 * @param <S> what its prober needs of a service
 */
public interface CheckType<S> {

    /** Its name, URL schemes and fields. */
    SpecType<?> spec();

    /** The parts of its answers that conditions can test. */
    Set<AnswerPart> answer();

    /** Extracts what its prober needs of a service. Cheap; called for each check. */
    S read(Service service);

    /** Creates its prober. May be slow; not called on an event loop. */
    Prober<S> prober(Network network);
}
