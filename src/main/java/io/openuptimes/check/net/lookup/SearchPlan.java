package io.openuptimes.check.net.lookup;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names to query in turn for a given name, following glibc's {@code res_search}. Ignores the variables
 * {@code LOCALDOMAIN} and {@code RES_OPTIONS}, and the domain of the host's own name.
 *
 * @param names absolute names, at least one
 * @param asItIsFirst whether the name itself is first in the list; otherwise it is last
 */
record SearchPlan(List<String> names, boolean asItIsFirst) {

    SearchPlan {
        names = List.copyOf(names);
    }

    /**
     * @param name with a trailing dot to skip the search list
     */
    static SearchPlan of(String name, ResolvConf conf) {
        if (name.endsWith(".")) {
            return new SearchPlan(List.of(name), true);
        }
        boolean asItIsFirst = conf.search().isEmpty() || dots(name) >= conf.ndots();
        Set<String> names = new LinkedHashSet<>();
        if (asItIsFirst) {
            names.add(name + ".");
        }
        for (String domain : conf.search()) {
            String suffix = domain.startsWith(".") ? domain.substring(1) : domain;
            names.add(name + "." + (suffix.isEmpty() || suffix.endsWith(".") ? suffix : suffix + "."));
        }
        if (!asItIsFirst) {
            names.remove(name + "."); // from the search list, if that contains the root
            names.add(name + ".");
        }
        return new SearchPlan(List.copyOf(names), asItIsFirst);
    }

    /**
     * Chooses the next name to query.
     *
     * @param at the index of the name that has failed
     * @return {@code names().size()} to stop
     */
    int after(int at, Throwable failure) {
        boolean asItIs = asItIsFirst ? at == 0 : at == names.size() - 1;
        if (asItIs || !(failure instanceof LookupException lookup)) {
            return asItIs && failure instanceof LookupException ? at + 1 : names.size();
        }
        return switch (lookup.reason()) {
            case NO_SUCH_NAME, NO_ADDRESS, SERVER_FAILED -> at + 1;
            // skip the other domains, but still try the name itself
            case SERVER_SILENT, SERVER_REFUSED -> asItIsFirst ? names.size() : names.size() - 1;
            case SERVER_UNREACHABLE -> names.size();
        };
    }

    private static long dots(String name) {
        return name.chars().filter(c -> c == '.').count();
    }
}
