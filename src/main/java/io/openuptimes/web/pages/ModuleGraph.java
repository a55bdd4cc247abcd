package io.openuptimes.web.pages;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which modules a script needs: a browser that is told of all of them does not find them one behind the other. */
final class ModuleGraph {

    private static final Pattern IMPORT = Pattern.compile("\\b(?:from|import)\\s*[\"']([\\w@./-]+)[\"']");

    private final Function<String, @Nullable String> text;
    private final Map<String, String> libraries;

    /**
     * @param text the text of a module by its name; null where there is none
     * @param libraries what names without a path stand for; one that ends with a slash stands for all below it
     */
    ModuleGraph(Function<String, @Nullable String> text, Map<String, String> libraries) {
        this.text = text;
        this.libraries = libraries;
    }

    /**
     * All that a module imports, itself left out, the nearest first. What is imported only when it is needed, by
     * {@code import(…)}, is not among it.
     *
     * @throws IllegalStateException if there is no such module
     */
    List<String> importsOf(String module) {
        Set<String> found = new LinkedHashSet<>(List.of(module));
        Deque<String> waiting = new ArrayDeque<>(found);
        while (!waiting.isEmpty()) {
            String importing = waiting.remove();
            String source = text.apply(importing);
            if (source == null) {
                throw new IllegalStateException("no module " + importing);
            }
            Matcher imports = IMPORT.matcher(source);
            while (imports.find()) {
                String imported = resolve(imports.group(1), importing);
                // what is not there is no import, but a text that reads like one
                if (text.apply(imported) != null && found.add(imported)) {
                    waiting.add(imported);
                }
            }
        }
        List<String> others = new ArrayList<>(found);
        others.remove(module);
        return others;
    }

    private String resolve(String imported, String importing) {
        if (imported.startsWith(".")) {
            return URI.create(importing).resolve(imported).toString();
        }
        String whole = libraries.get(imported);
        if (whole != null) {
            return whole;
        }
        return libraries.entrySet().stream()
                .filter(library -> library.getKey().endsWith("/") && imported.startsWith(library.getKey()))
                .map(library ->
                        library.getValue() + imported.substring(library.getKey().length()))
                .findFirst()
                .orElse(imported);
    }
}
