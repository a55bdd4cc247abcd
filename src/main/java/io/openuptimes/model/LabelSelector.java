package io.openuptimes.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects services by their labels: all terms must hold.
 *
 * <p>A term is {@code key=value}, {@code key!=value} (which also holds if the label is absent), {@code key} (present
 * with any value) or {@code !key} (absent). A selector without terms matches everything.
 */
public record LabelSelector(List<Term> terms) {

    private static final int MAX_TERMS = 20;

    /** Matches everything. */
    public static final LabelSelector ALL = new LabelSelector(List.of());

    /**
     * @param key of the label
     * @param value required value; null for any
     * @param negated inverts the term
     */
    public record Term(String key, @Nullable String value, boolean negated) {

        String text() {
            if (value == null) {
                return (negated ? "!" : "") + key;
            }
            return key + (negated ? "!=" : "=") + value;
        }

        boolean holds(Map<String, String> labels) {
            String own = labels.get(key);
            return negated != (value == null ? own != null : value.equals(own));
        }
    }

    public LabelSelector {
        terms = List.copyOf(terms);
    }

    /**
     * Parses the values of a repeated parameter, each of which is a term.
     *
     * @param parameter its name, for messages
     * @throws InvalidInputException if a term is invalid, or if there are more than 20
     */
    public static LabelSelector parse(String parameter, List<String> texts) throws InvalidInputException {
        if (texts.size() > MAX_TERMS) {
            throw new InvalidInputException(Problem.beyond(
                    ProblemCode.TOO_MANY, parameter, "must be given at most " + MAX_TERMS + " times", MAX_TERMS));
        }
        List<Term> terms = new ArrayList<>();
        for (String text : texts) {
            terms.add(term(parameter, text));
        }
        return new LabelSelector(terms);
    }

    /**
     * Parses terms separated by commas; values that contain a comma cannot be expressed.
     *
     * @param parameter its name, for messages
     * @throws InvalidInputException if a term is invalid, or if there are more than 20
     */
    public static LabelSelector parse(String parameter, String text) throws InvalidInputException {
        return parse(
                parameter, Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }

    private static Term term(String parameter, String text) throws InvalidInputException {
        int equals = text.indexOf('=');
        boolean negated = equals < 0 ? text.startsWith("!") : equals > 0 && text.charAt(equals - 1) == '!';
        String key = equals < 0 ? text.substring(negated ? 1 : 0) : text.substring(0, negated ? equals - 1 : equals);
        String value = equals < 0 ? null : text.substring(equals + 1);
        if (!Labels.isKey(key) || (value != null && !Labels.isValue(value))) {
            throw new InvalidInputException(
                    ProblemCode.INVALID_FORMAT,
                    parameter,
                    "must be of the form key=value, key!=value, key or !key, not " + Excerpt.ofName(text));
        }
        return new Term(key, value, negated);
    }

    /** Whether it matches everything. */
    public boolean isAll() {
        return terms.isEmpty();
    }

    /** Matches what both selectors match. */
    public LabelSelector and(LabelSelector other) {
        if (isAll() || other.isAll()) {
            return isAll() ? other : this;
        }
        List<Term> both = new ArrayList<>(terms);
        both.addAll(other.terms);
        return new LabelSelector(both);
    }

    public boolean matches(Map<String, String> labels) {
        for (Term term : terms) {
            if (!term.holds(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The terms in the form that {@link #parse(String, List)} accepts. */
    public List<String> texts() {
        return terms.stream().map(Term::text).toList();
    }

    /** The terms, for log lines. */
    @Override
    public String toString() {
        return String.join(" & ", texts());
    }
}
