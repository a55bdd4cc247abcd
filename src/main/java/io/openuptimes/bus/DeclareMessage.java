package io.openuptimes.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about the services that are declared in a file, and answered. */
public sealed interface DeclareMessage extends Message {

    record GetDeclared() implements DeclareMessage {}

    /**
     * This node's file declares the services; to be said again all the time. Answered by a {@link DeclaredHold}.
     *
     * @param digest of what the file says
     */
    record HoldDeclared(String digest) implements DeclareMessage {}

    /**
     * @param state whose file counts
     * @param node that has it; this one's name where it is its own
     */
    record DeclaredHold(State state, String node) implements DeclareMessage {

        /** Whose file counts. */
        public enum State {
            /** From now on this node's: nobody's did. */
            TAKEN,
            /** This node's, as before. */
            KEPT,
            /** Another node's, which says the same. */
            SAME,
            /** Another node's, which says something else. */
            OTHER
        }
    }

    /** Does any node's file declare services? Answered by a {@link Declarer}. */
    record WhoDeclares() implements DeclareMessage {}

    /**
     * @param node whose file does; null if none has said so lately
     * @param services how many declared services there are
     */
    record Declarer(@Nullable String node, long services) implements DeclareMessage {}

    /**
     * @param file where they are declared; null where there is no such file
     * @param loadedAt since when its services are as it says, epoch milliseconds; null if it was never taken over
     * @param services how many it had then
     * @param problems with what it says now, for which nothing of it was taken over; the first of them
     * @param problemCount how many there are
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
     * @param entry index in the file's list, from 0; null for what is wrong with the file itself
     * @param name of the entry, if it has one that can be shown
     * @param field that is wrong
     * @param problem with it, to be read after the field
     */
    record DeclaredProblem(
            @Nullable Integer entry, @Nullable String name, String field, String problem) {

        /** The file as a whole, or what it consists of. */
        public static DeclaredProblem ofFile(String field, String problem) {
            return new DeclaredProblem(null, null, field, problem);
        }

        /** {@code services[3] "Shop": interval: must be a whole number from 1 to 86400}. */
        @Override
        public String toString() {
            String where =
                    entry == null ? "" : "services[" + entry + "]" + (name == null ? "" : " \"" + name + '"') + ": ";
            return where + field + ": " + problem;
        }
    }
}
