package io.openuptimes.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The service may be mounted below a path, so pages must not contain absolute paths. */
class AddressesTest {

    private static final Pattern COMMENT =
            Pattern.compile("/\\*.*?\\*/|^\\s*//[^\n]*$", Pattern.DOTALL | Pattern.MULTILINE);
    /** A string that starts with a slash, and the text before it. */
    private static final Pattern ABSOLUTE = Pattern.compile("(.{0,40})(?:['\"`]|=)/(?=[a-z?#'\"`$])");
    /** Functions of {@code lib/api.js} that prepend the base path. */
    private static final Pattern BY_FUNCTION =
            Pattern.compile("(?:\\b(?:address|get)\\(|\\bsend(?:Once)?\\('[A-Z]+', )$");

    @Test
    void no_script_has_an_absolute_address() throws IOException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, byte[]> file :
                ClassPathFiles.readAll("webroot/assets", "theme.js").entrySet()) {
            if (file.getKey().endsWith(".js")) {
                String text = new String(file.getValue(), StandardCharsets.UTF_8);
                Matcher absolute = ABSOLUTE.matcher(COMMENT.matcher(text).replaceAll(""));
                while (absolute.find()) {
                    if (!BY_FUNCTION.matcher(absolute.group(1)).find()) {
                        found.add(file.getKey() + ": " + absolute.group());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_admins_page_stands_where_its_script_has_a_view() throws IOException {
        String routes = new String(ClassPathFiles.read("webroot/assets/admin/routes.js"), StandardCharsets.UTF_8);
        List<String> paths = Pattern.compile("path: address\\('([^']+)'\\)")
                .matcher(routes)
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(Pages.ADMIN).containsExactlyElementsOf(paths);
    }

    @Test
    void no_template_has_an_absolute_address() throws IOException {
        for (String template : List.of("webroot/page.html", "webroot/docs.html")) {
            assertThat(new String(ClassPathFiles.read(template), StandardCharsets.UTF_8))
                    .doesNotContainPattern("=\"/");
        }
    }
}
