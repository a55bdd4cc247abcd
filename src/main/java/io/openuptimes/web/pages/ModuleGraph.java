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

/** The modules that a script needs, so that a browser can load them in parallel instead of one after another. */
final class ModuleGraph {

    private static final Pattern IMPORT = Pattern.compile("\\b(?:from|import)\\s*[\"']([\\w@./-]+)[\"']");

    private final Function<String, @Nullable String> text;
    private final Map<String, String> libraries;

    /**
     * @param text returns a module's text by its name; null if there is no such module
     * @param libraries what bare names refer to; a name that ends with a slash covers everything below it
     */
    ModuleGraph(Function<String, @Nullable String> text, Map<String, String> libraries) {
        this.text = text;
        this.libraries = libraries;
    }

    /**
     * All modules that a module imports, without itself, nearest first. Dynamic imports with {@code import(…)} are not
     * included.
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
                // if the file does not exist, the match is not an import
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
