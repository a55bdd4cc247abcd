package io.openuptimes.web.pages;

import io.openuptimes.runtime.Sha256;
import io.openuptimes.web.http.SecurityHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pages' documents for callers that see the service at one mount: all URLs in them start with it.
 *
 * @param byName by page name
 * @param policy the Content-Security-Policy of all pages but the API documentation, with the hash of their inline
 *     import map
 */
record Documents(Map<String, PageTemplate> byName, String policy) {

    /** The API documentation page. */
    static final String DOCS = "docs";

    /**
     * @param names of the pages
     * @param mount as in {@link io.openuptimes.web.http.Mount}
     */
    static Documents render(Assets assets, Collection<String> names, String mount) throws IOException {
        String importMap = assets.importMap(mount);
        String directory = mount + assets.base();
        Map<String, PageTemplate> documents = new HashMap<>();
        for (String name : names) {
            boolean docs = name.equals(DOCS);
            String template = docs ? "webroot/docs.html" : "webroot/page.html";
            String text = new String(ClassPathFiles.read(template), StandardCharsets.UTF_8)
                    .replace("{{mount}}", mount)
                    .replace("{{assets}}", directory)
                    .replace("{{importmap}}", importMap)
                    .replace("{{preload}}", docs ? "" : preloads(assets, directory, name + "/main.js"))
                    .replace("{{name}}", name);
            documents.put(name, new PageTemplate(name, text));
        }
        return new Documents(documents, SecurityHeaders.policyOfPages(sha256(importMap)));
    }

    private static String preloads(Assets assets, String directory, String script) {
        return assets.importsOf(script).stream()
                .map(name -> "<link rel=\"modulepreload\" href=\"" + directory + "/" + name + "\">")
                .collect(Collectors.joining("\n  "));
    }

    private static String sha256(String text) {
        byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
