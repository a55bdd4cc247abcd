package io.openuptimes.check.type;

import io.openuptimes.check.net.Network;
import io.openuptimes.model.CheckSpec;
import io.openuptimes.model.SpecType;
import java.util.Set;

/**
 * A way to check a service, such as HTTP. Each has a package below this one and a line in
 * {@code META-INF/services/io.openuptimes.model.SpecType}.
 *
 * @param <S> its fields in their Java form
 */
public interface CheckType<S extends CheckSpec> extends SpecType<S> {

    /** The parts of its answers that conditions can test. */
    Set<AnswerPart> answer();

    /** Creates its prober. May be slow; not called on an event loop. */
    Prober<S> prober(Network network);
}
