package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.model.Service;
import java.util.List;
import java.util.Set;

/**
 * A way to check a service, such as HTTP. Each is a package beside this class, and a line in {@link CheckTypes}.
 *
 * @param <S> what its prober must know of a service
 */
public interface CheckType<S> {

    /** Lower case; never changes, because services are stored with it. */
    String name();

    /** Schemes of the URLs that it checks, in lower case; the first is the usual one. No two types share one. */
    List<String> schemes();

    /** Names of the fields that only services of this type have, in the order of forms. */
    List<String> fields();

    /** What conditions can ask of its answer. */
    Set<AnswerPart> answer();

    /** The part of a service that its prober needs. Cheap; called for each check. */
    S read(Service service);

    /** Creates its prober. May be slow; not called on an event loop. */
    Prober<S> prober(Network network);
}
