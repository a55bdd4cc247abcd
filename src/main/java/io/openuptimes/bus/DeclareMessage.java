package io.openuptimes.bus;

import io.openuptimes.model.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests about the services declared in a file, and their answers. */
public sealed interface DeclareMessage extends Message {

    Address<HoldDeclared, DeclaredHold> HOLD_DECLARED = new Address<>("store.declared.hold");
    Address<WhoDeclares, Declarer> WHO_DECLARES = new Address<>("store.declared.who");
    Address<GetDeclared, Declared> DECLARED = new Address<>("declare.state");

    record GetDeclared() implements DeclareMessage {}

    /**
     * Claims, for this node's file, the declaration of services; repeated regularly. Answered by a {@link DeclaredHold}.
     *
     * @param digest of the file's content
     */
    record HoldDeclared(String digest) implements DeclareMessage {}

    /**
     * @param state whose file is in force
     * @param node the node that holds the claim; this node's name if it is its own
     */
    record DeclaredHold(State state, String node) implements DeclareMessage {

        /** Whose file is in force. */
        public enum State {
            /** This node's, from now on; there was no claim before. */
            TAKEN,
            /** This node's, as before. */
            KEPT,
            /** Another node's, with the same content. */
            SAME,
            /** Another node's, with different content. */
            OTHER
        }
    }

    /** Asks which node's file declares services. Answered by a {@link Declarer}. */
    record WhoDeclares() implements DeclareMessage {}

    /**
     * @param node null if no node has renewed its claim recently
     * @param hasServices whether the store has any services, declared or not
     */
    record Declarer(@Nullable String node, boolean hasServices) implements DeclareMessage {}

    /**
     * @param file path of the services file; null if there is none
     * @param loadedAt when its services were last applied, epoch milliseconds; null if never
     * @param services number of services applied then
     * @param problems the first problems of the current content, none of which was applied
     * @param problemCount number of problems
     */
    record Declared(
            @Nullable String file,
            @Nullable Long loadedAt,
            int services,
            List<DeclaredProblem> problems,
            int problemCount)
            implements DeclareMessage {
        public Declared {
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param entry index in the file's list, from 0; null for a problem of the file itself
     * @param name of the entry, if it has one that can be shown
     * @param what the problem, without its place in the file
     */
    record DeclaredProblem(
            @Nullable Integer entry, @Nullable String name, Problem what) {

        /** A problem of the file as a whole. */
        public static DeclaredProblem ofFile(String field, String problem) {
            return new DeclaredProblem(null, null, Problem.of(field, problem));
        }

        /** For example {@code services[3] "Shop": interval: must be a whole number from 1 to 86400}. */
        @Override
        public String toString() {
            String where =
                    entry == null ? "" : "services[" + entry + "]" + (name == null ? "" : " \"" + name + '"') + ": ";
            return where + what.message();
        }
    }
}
