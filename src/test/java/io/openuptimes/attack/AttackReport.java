package io.openuptimes.attack;

import io.openuptimes.attack.GeneratedRequest.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The outcome of an attack. */
final class AttackReport {

    private static final int MOST_PROBLEMS = 30;

    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final Map<Integer, Integer> toParts = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int more;

    void answered(Manner manner, int status) {
        (manner == Manner.WHOLE ? answers : toParts).merge(status, 1, Integer::sum);
    }

    void problem(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        } else {
            more++;
        }
    }

    List<String> problems() {
        return more == 0 ? problems : concat(problems, "and " + more + " more");
    }

    private static List<String> concat(List<String> list, String last) {
        List<String> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }

    /** Number of responses by status. */
    Map<Integer, Integer> answers() {
        return answers;
    }

    /** Number of responses to incomplete requests, by status. */
    Map<Integer, Integer> answersToParts() {
        return toParts;
    }
}
