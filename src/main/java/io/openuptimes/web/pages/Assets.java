package io.openuptimes.web.pages;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The pages' scripts and styles, including libraries, in memory. Their URLs contain a version that changes with any of
 * them, so browsers may cache them forever.
 */
final class Assets {

    static final String PATH = "/assets/";

    private static final String OWN = "webroot/assets";
    private static final String LIBRARIES = "lib/";
    /** The modules of a multi-module library that pages may import. */
    private static final Pattern MODULES = Pattern.compile("[a-z-]+\\.js|directives/[a-z-]+\\.js");

    /** Library names used by scripts, and their files. */
    private static final Map<String, String> IMPORTS = imports();

    private final Map<String, Asset> files = new LinkedHashMap<>();
    private final String version;

    private Assets(SortedMap<String, byte[]> contents) {
        CRC32C sum = new CRC32C();
        contents.forEach((name, content) -> {
            sum.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            sum.update(content);
            files.put(name, Asset.of(name, content));
        });
        version = Long.toString(sum.getValue(), Character.MAX_RADIX);
    }

    /** Reads and compresses all files, which takes a few hundred milliseconds. */
    static Assets load() throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>(ClassPathFiles.readAll(OWN, "theme.js"));
        modules(contents, "lit", "index.js");
        modules(contents, "lit-html", "lit-html.js");
        modules(contents, "lit-element", "lit-element.js");
        modules(contents, "lit__reactive-element", "reactive-element.js");
        String uplot = ClassPathFiles.webJar("org.webjars.npm", "uplot") + "dist/";
        contents.put(LIBRARIES + "uplot/uPlot.js", ClassPathFiles.read(uplot + "uPlot.esm.js"));
        contents.put(LIBRARIES + "uplot/uPlot.css", ClassPathFiles.read(uplot + "uPlot.min.css"));
        String swagger = ClassPathFiles.webJar("org.webjars", "swagger-ui");
        for (String file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js"}) {
            contents.put(LIBRARIES + "swagger-ui/" + file, ClassPathFiles.read(swagger + file));
        }
        return new Assets(contents);
    }

    private static void modules(SortedMap<String, byte[]> contents, String webJar, String marker) throws IOException {
        String directory = ClassPathFiles.webJar("org.webjars.npm", webJar);
        ClassPathFiles.readAll(directory.substring(0, directory.length() - 1), marker)
                .forEach((name, content) -> {
                    if (MODULES.matcher(name).matches()) {
                        contents.put(LIBRARIES + webJar + "/" + name, content);
                    }
                });
    }

    /** The directory of the files, relative to the service's root, without a trailing slash. */
    String base() {
        return PATH + version;
    }

    boolean isCurrent(String givenVersion) {
        return version.equals(givenVersion);
    }

    @Nullable
    Asset find(String name) {
        return files.get(name);
    }

    /**
     * Maps the library names in scripts to URLs.
     *
     * @param mount prefix of all URLs
     */
    String importMap(String mount) {
        JsonObject imports = new JsonObject();
        IMPORTS.forEach((name, file) -> imports.put(name, mount + base() + "/" + file));
        return new JsonObject().put("imports", imports).encode();
    }

    /** The names of all modules that a script imports, directly or transitively. */
    List<String> importsOf(String script) {
        return new ModuleGraph(this::text, IMPORTS).importsOf(script);
    }

    private @Nullable String text(String name) {
        Asset file = files.get(name);
        return file == null ? null : file.plain().toString();
    }

    private static Map<String, String> imports() {
        Map<String, String> imports = new LinkedHashMap<>();
        imports.put("lit", LIBRARIES + "lit/index.js");
        imports.put("lit/", LIBRARIES + "lit/");
        imports.put("lit-html", LIBRARIES + "lit-html/lit-html.js");
        imports.put("lit-html/", LIBRARIES + "lit-html/");
        imports.put("lit-element/", LIBRARIES + "lit-element/");
        imports.put("@lit/reactive-element", LIBRARIES + "lit__reactive-element/reactive-element.js");
        imports.put("@lit/reactive-element/", LIBRARIES + "lit__reactive-element/");
        imports.put("uplot", LIBRARIES + "uplot/uPlot.js");
        return imports;
    }
}
