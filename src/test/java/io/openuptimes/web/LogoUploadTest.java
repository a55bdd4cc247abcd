package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.model.Logo;
import io.openuptimes.web.http.ApiException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoUploadTest {

    private static final String SVG = "<svg xmlns='http://www.w3.org/2000/svg'>%s</svg>";

    private static String url(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    private static String svg(String text) {
        return url(LogoUpload.SVG, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String url, String message) {
        assertThatThrownBy(() -> LogoUpload.parse(url))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageStartingWith("logo: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, 89504e470d0a1a0a0000",
        "IMAGE/PNG, 89504e470d0a1a0a",
        "image/jpeg, ffd8ffe000",
        "image/gif, 474946383761",
        "image/gif, 47494638396100",
        "image/webp, 5249464610000000574542505650"
    })
    void anImageOfEachTypeIsTaken(String type, String hex) {
        byte[] image = HexFormat.of().parseHex(hex);
        Logo logo = LogoUpload.parse(url(type, image));

        assertThat(logo.type()).isEqualTo(type.toLowerCase(java.util.Locale.ROOT));
        assertThat(Base64.getDecoder().decode(logo.base64())).isEqualTo(image);
        assertThat(logo.version()).matches("[0-9a-f]{16}");
        assertThat(LogoUpload.parse(url(type, image))).isEqualTo(logo);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, ffd8ffe000",
        "image/png, 89504e470d0a1a",
        "image/jpeg, 89504e470d0a1a0a",
        "image/jpeg, ''",
        "image/gif, 474946383861",
        "image/gif, 00474946383961",
        "image/webp, 52494646100000005756415645",
        "image/png, 3c7376672f3e"
    })
    void contentThatIsNotOfItsTypeIsRefused(String type, String hex) {
        assertRefused(
                url(type, HexFormat.of().parseHex(hex)),
                "does not contain " + type + " data, contrary to its declared type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/x-icon", "image/bmp", "application/pdf", "image/svg"})
    void otherTypesAreRefused(String type) {
        assertRefused(url(type, new byte[] {1}), "must be image/png, image/jpeg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/logo.png",
                "data:image/png,abc",
                "data:;base64,AAAA",
                "javascript:alert(1)",
                "data:image/svg+xml;utf8,<svg/>",
                " data:image/png;base64,AAAA",
                "data:image/png;base64"
            })
    void whatIsNoDataUrlWithBase64IsRefused(String url) {
        assertRefused(url, "must be a data: URL with base64");
    }

    @Test
    void brokenBase64IsRefused() {
        assertRefused("data:image/png;base64,%%%", "is not valid base64");
    }

    @Test
    void aLogoHasItsBoundInBytes() {
        byte[] most = new byte[LogoUpload.MAX_BYTES];
        System.arraycopy(HexFormat.of().parseHex("ffd8ff"), 0, most, 0, 3);
        assertThat(LogoUpload.parse(url("image/jpeg", most)).type()).isEqualTo("image/jpeg");

        byte[] more = java.util.Arrays.copyOf(most, most.length + 1);
        assertRefused(url("image/jpeg", more), "must be at most 100000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "<?xml version='1.0' encoding='UTF-8'?><!-- ✓ --><svg xmlns='http://www.w3.org/2000/svg'><g/></svg>",
                "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script>alert(1)</s:script></s:svg>"
            })
    void wellFormedSvgIsTakenWhateverIsInIt(String text) {
        assertThat(LogoUpload.parse(svg(text)).type()).isEqualTo("image/svg+xml");
    }

    @Test
    void svgMayBeInAnyEncodingThatItNames() {
        byte[] utf16 =
                ("<?xml version='1.0' encoding='UTF-16'?>" + SVG.formatted("é")).getBytes(StandardCharsets.UTF_16);
        assertThat(LogoUpload.parse(url(LogoUpload.SVG, utf16)).version()).isNotEmpty();

        byte[] latin1 = SVG.formatted("é").getBytes(Charset.forName("ISO-8859-1"));
        assertRefused(url(LogoUpload.SVG, latin1), "well-formed SVG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE svg><svg xmlns='http://www.w3.org/2000/svg'/>",
                "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://localhost:1/svg11.dtd'>"
                        + "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "<!DOCTYPE svg [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
                        + "<svg xmlns='http://www.w3.org/2000/svg'>&f;</svg>",
                "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'>&b;</svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'>&undeclared;</svg>",
                "<svg xmlns='http://www.w3.org/2000/svg'>",
                "<svg xmlns='http://www.w3.org/2000/svg'/><svg/>",
                "not xml",
                ""
            })
    void svgWithADoctypeOrThatIsNotWellFormedIsRefused(String text) {
        assertRefused(svg(text), "is not well-formed SVG without a DOCTYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html xmlns='http://www.w3.org/1999/xhtml'/>",
                "<svg/>",
                "<svg xmlns='http://www.w3.org/1999/xhtml'/>",
                "<html><svg xmlns='http://www.w3.org/2000/svg'/></html>"
            })
    void anotherRootIsRefused(String text) {
        assertRefused(svg(text), "must have an svg root element");
    }
}
